package dev.entrepot.server.child;

/**
 * How a child ended.
 *
 * @param kind in which way
 * @param detail more of it, for people: the limit that was met, or the last words
 */
public record ChildEnd(Kind kind, String detail) {

    /** The ways to end. */
    public enum Kind {
        /** It said something at its end; see {@link JobFolder#result()}. */
        DONE,
        /** It was not done in time. */
        TIMEOUT,
        /** It took more than it may. */
        LIMIT,
        /** It was told to stop. */
        STOPPED,
        /** Something from outside ended it; another attempt may go well. */
        KILLED,
        /** It ended by itself and said nothing. */
        CRASHED
    }
}
