package dev.entrepot.cli;

/**
 * What libraries log, and where to.
 *
 * <p>SLF4J asks a property which of the providers on the class path to take, once, when a library makes its first logger.
 */
final class Logging {

    private static final String PROVIDER = "slf4j.provider";

    private Logging() {}

    /** Nothing is written: a command's words are its own. */
    static void silence() {
        System.setProperty("slf4j.internal.verbosity", "WARN");
        if (System.getProperty(PROVIDER) == null) {
            System.setProperty(PROVIDER, "org.slf4j.nop.NOPServiceProvider");
        }
    }

    /** Events are written to standard error; to be called before the first library is used. */
    static void write(String format) {
        write(format, "info");
    }

    /** Events of a level, {@code info} or {@code warn}, and graver ones. */
    static void write(String format, String level) {
        System.setProperty("entrepot.log", format);
        if (System.getProperty("entrepot.log.level") == null) {
            System.setProperty("entrepot.log.level", level);
        }
        System.setProperty(PROVIDER, "ch.qos.logback.classic.spi.LogbackServiceProvider");
    }
}
