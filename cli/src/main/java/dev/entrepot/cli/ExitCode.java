package dev.entrepot.cli;

/** What the process's exit code says. */
final class ExitCode {

    /** Done, or passed. */
    static final int DONE = 0;

    /** The model ran and its outputs are not those of the reference, or the reference proves nothing. */
    static final int VALIDATION_FAILED = 1;

    /** The tool or the disk failed. */
    static final int TOOL_FAILED = 2;

    /** The model is malformed, unsupported or over a limit. */
    static final int MODEL_REFUSED = 3;

    /** The command line is wrong. */
    static final int USAGE = 4;

    private ExitCode() {}
}
