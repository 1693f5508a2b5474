package dev.entrepot.server.jobs;

import java.util.Locale;

/** How far a job has come. */
public enum JobState {
    /** It waits for a worker. */
    QUEUED,
    /** A worker is at it. */
    RUNNING,
    /** It is done. */
    SUCCEEDED,
    /** It came to an end without what was asked for; the outcome tells why. */
    FAILED,
    /** Somebody called it off. */
    CANCELLED;

    /** Whether nothing more will happen. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** The word that users and the database see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static JobState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
