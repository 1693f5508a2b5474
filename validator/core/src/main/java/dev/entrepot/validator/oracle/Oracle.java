package dev.entrepot.validator.oracle;

import java.io.IOException;

/** A genuine framework that computes reference outputs. It is asked one thing at a time. */
public interface Oracle extends AutoCloseable {

    /**
     * Runs a net once.
     *
     * @throws IOException if the framework cannot be started or the disk fails; what the framework itself says no to is a
     *     {@link OracleAnswer.Refused}
     */
    OracleAnswer ask(OracleRequest request) throws IOException;

    /** Ends the child process and removes what it left on the disk. */
    @Override
    void close() throws IOException;
}
