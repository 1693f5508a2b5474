package dev.entrepot.server.portal.jobs;

import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobOrder;
import dev.entrepot.server.jobs.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Jobs in words. */
public final class Wording {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH);

    private Wording() {}

    /** A state, as a word to begin with. */
    public static String state(JobState state) {
        return switch (state) {
            case QUEUED -> "Waiting";
            case RUNNING -> "Running";
            case SUCCEEDED -> "Done";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
        };
    }

    /** The style class of a state's badge. */
    public static String style(JobState state) {
        return switch (state) {
            case QUEUED -> "none";
            case RUNNING -> "running";
            case SUCCEEDED -> "pass";
            case FAILED -> "fail";
            case CANCELLED -> "none";
        };
    }

    /** What a job does, as a word to begin with. */
    public static String operation(JobOrder order) {
        if (order instanceof JobOrder.Conversion) {
            return "Conversion";
        }
        return "Validation";
    }

    /** A time to the second. */
    public static String second(Instant when) {
        return SECOND.format(when.atOffset(ZoneOffset.UTC));
    }

    /** How long ago something was: {@code 12 s ago}, {@code 3 h ago}. */
    public static String ago(Instant when, Instant now) {
        Duration since = Duration.between(when, now);
        if (since.toSeconds() < 5) {
            return "just now";
        }
        if (since.toSeconds() < 60) {
            return since.toSeconds() + " s ago";
        }
        if (since.toMinutes() < 60) {
            return since.toMinutes() + " min ago";
        }
        return since.toHours() < 48 ? since.toHours() + " h ago" : since.toDays() + " days ago";
    }

    /** How long a job ran, or has run so far; empty if it was never begun. */
    public static String took(Job job, Instant now) {
        Instant started = job.started();
        if (started == null) {
            return "";
        }
        Instant ended = job.ended();
        return span(Duration.between(started, ended == null ? now : ended));
    }

    /** A length of time: {@code 0.8 s}, {@code 42 s}, {@code 2 min 5 s}. */
    public static String span(Duration span) {
        long millis = Math.max(0, span.toMillis());
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        if (millis < 60_000) {
            return millis / 1000 + " s";
        }
        return millis / 60_000 + " min " + millis / 1000 % 60 + " s";
    }
}
