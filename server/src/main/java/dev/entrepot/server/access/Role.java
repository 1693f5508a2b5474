package dev.entrepot.server.access;

import java.util.Locale;

/** What a caller may do; each may do what those before it may. */
public enum Role {
    /** Asks for health and documentation only. */
    NOBODY(0),
    /** Reads, and runs published models. */
    READER(1),
    /** Uploads, converts, publishes. */
    AUTHOR(2),
    /** Removes, and makes tokens. */
    ADMIN(3);

    private final int rank;

    Role(int rank) {
        this.rank = rank;
    }

    /** Whether this role includes another. */
    public boolean includes(Role other) {
        return rank >= other.rank;
    }

    /** The word for programs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
