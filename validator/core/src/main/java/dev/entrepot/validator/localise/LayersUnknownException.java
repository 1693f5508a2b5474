package dev.entrepot.validator.localise;

/** It cannot be told what the source's layers compute. */
public final class LayersUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason why not, for people */
    public LayersUnknownException(String reason) {
        super(reason);
    }
}
