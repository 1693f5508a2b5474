package dev.entrepot.validator.run;

/** The provider that was asked for cannot be used on this machine; the message says why. */
public final class ProviderUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason why, with what is missing */
    public ProviderUnavailableException(String reason) {
        super(reason);
    }
}
