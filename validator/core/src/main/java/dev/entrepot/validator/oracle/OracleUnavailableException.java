package dev.entrepot.validator.oracle;

import java.io.IOException;

/** The genuine framework's libraries do not load on this machine. */
public final class OracleUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param reason the loader's own words, such as the library that is missing */
    public OracleUnavailableException(String reason) {
        super("the genuine framework does not load on this machine: " + reason + hint(reason));
    }

    private static String hint(String reason) {
        return reason.contains("gtk") ? "; its OpenCV links GTK 2, on Debian: apt-get install libgtk2.0-0" : "";
    }
}
