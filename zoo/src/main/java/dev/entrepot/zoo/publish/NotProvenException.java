package dev.entrepot.zoo.publish;

import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.entry.ModelName;

/** A model is not published because its validation did not pass. */
public final class NotProvenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ValidationRun validation;

    NotProvenException(ModelName name, ValidationRun validation) {
        super(name + " is not published: its validation says " + validation.verdict() + ", " + validation.reason());
        this.validation = validation;
    }

    /** The validation that did not pass. */
    public ValidationRun validation() {
        return validation;
    }
}
