package dev.entrepot.importers.torch.script.run;

import dev.entrepot.bytes.SourceLocation;

/** The model's own code raises: the branch that is walked cannot be taken, or the model refuses what it is given. */
public final class RaisedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SourceLocation where;

    RaisedException(SourceLocation where, String message) {
        super(message, null, false, false);
        this.where = where;
    }

    /** Where the code raises. */
    public SourceLocation where() {
        return where;
    }
}
