package dev.entrepot.importers.size;

/** A size that a model asks for is beyond 64 bits, or is divided by zero. Who walks the model adds where. */
public final class SizeArithmeticException extends ArithmeticException {

    private static final long serialVersionUID = 1L;

    SizeArithmeticException(String reason) {
        super(reason);
    }
}
