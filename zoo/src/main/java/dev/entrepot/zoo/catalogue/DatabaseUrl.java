package dev.entrepot.zoo.catalogue;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a catalogue is.
 *
 * @param url a JDBC URL of H2 or PostgreSQL
 * @param user the user
 * @param password the password, may be empty
 */
public record DatabaseUrl(String url, String user, String password) {

    /** @throws IllegalArgumentException if it is a URL of another database */
    public DatabaseUrl {
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("\"" + withoutSecrets(url)
                    + "\" is no database for a catalogue: jdbc:h2:... or jdbc:postgresql:... is expected");
        }
    }

    /** A URL with its user and password in it, or with none. */
    public static DatabaseUrl of(String url) {
        return url.startsWith("jdbc:h2:") ? new DatabaseUrl(url, "entrepot", "") : new DatabaseUrl(url, "", "");
    }

    /**
     * H2 in the file {@code catalogue.mv.db} of a folder. Several processes may use it at once: the first serves the others, on the loopback
     * interface.
     */
    public static DatabaseUrl inFolder(Path folder) {
        String file = folder.toAbsolutePath().normalize().resolve("catalogue").toString();
        if (file.contains(";")) {
            throw new IllegalArgumentException(
                    "the folder \"" + folder + "\" has a \";\" in its name, which H2 does not take");
        }
        return of("jdbc:h2:file:" + file + ";AUTO_SERVER=TRUE;WRITE_DELAY=0");
    }

    /** Whether it is H2. */
    public boolean isH2() {
        return url.startsWith("jdbc:h2:");
    }

    private static String withoutSecrets(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url.toLowerCase(Locale.ROOT) : url.substring(0, query);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return withoutSecrets(url);
    }
}
