package dev.entrepot.server.child;

import java.util.Locale;

/** How a child is kept apart. */
public enum Isolation {
    /** A process of its own, with limits; it sees what the worker sees. */
    PROCESS,
    /** Also without a network, and without files but its own. */
    SANDBOX;

    /** The word that users and reports see. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
