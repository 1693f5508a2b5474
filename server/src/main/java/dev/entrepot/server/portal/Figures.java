package dev.entrepot.server.portal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as pages show them. */
public final class Figures {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH);

    private Figures() {}

    /** A size: {@code 512 B}, {@code 1.2 MB}; a kB is 1,000 bytes. */
    public static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 999.5 && unit < UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : threeDigits(size)) + " " + UNITS[unit];
    }

    /** A count in full: {@code 61,706}. */
    public static String count(long count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }

    /** A count in short: {@code 950}, {@code 61.7 k}, {@code 1.23 M}. */
    public static String roughly(long count) {
        if (count < 1000) {
            return Long.toString(count);
        }
        String[] units = {" k", " M", " G", " T"};
        double amount = count / 1000.0;
        int unit = 0;
        while (amount >= 999.5 && unit < units.length - 1) {
            amount /= 1000;
            unit++;
        }
        return threeDigits(amount) + units[unit];
    }

    /** A small number: {@code 0}, {@code 0.0123}, {@code 3.81e-6}, {@code 1e-5}. */
    public static String small(double amount) {
        if (amount == 0) {
            return "0";
        }
        double size = Math.abs(amount);
        if (size >= 1e-3 && size < 1e5) {
            return String.format(Locale.ROOT, "%.4g", amount)
                    .replaceFirst("(\\.\\d*?)0+$", "$1")
                    .replaceFirst("\\.$", "");
        }
        return String.format(Locale.ROOT, "%.2e", amount)
                .replaceFirst("\\.?0+e", "e")
                .replaceFirst("e([+-])0", "e$1")
                .replace("e+", "e");
    }

    /** A part of a whole: {@code 99.8 %}. */
    public static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * part);
    }

    /** A day: {@code 3 Apr 2026}. */
    public static String day(Instant when) {
        return DAY.format(when.atOffset(ZoneOffset.UTC));
    }

    /** A time to the minute. */
    public static String minute(Instant when) {
        return MINUTE.format(when.atOffset(ZoneOffset.UTC));
    }

    private static String threeDigits(double amount) {
        return String.format(Locale.ROOT, amount < 9.995 ? "%.2f" : amount < 99.95 ? "%.1f" : "%.0f", amount);
    }
}
