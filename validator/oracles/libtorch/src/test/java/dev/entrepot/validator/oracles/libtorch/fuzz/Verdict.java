package dev.entrepot.validator.oracles.libtorch.fuzz;

/** What comes of a program when libtorch and the imported model both have a go at it. */
sealed interface Verdict {

    /** Both compute the same. */
    record Same() implements Verdict {}

    /** libtorch does not compute the program: the draw is wrong. */
    record TorchRefuses(String reason) implements Verdict {}

    /** The importer says why it does not take the program. */
    record Refused(String reason) implements Verdict {}

    /** The importer fails with anything but a refusal. */
    record Failed(String reason) implements Verdict {}

    /** The checker or ONNX Runtime finds fault with the imported model. */
    record NotRun(String reason) implements Verdict {}

    /** The values, shapes, types or the number of outputs differ. */
    record Different(String how) implements Verdict {}

    /** Whether the importer is at fault. */
    default boolean isFault() {
        return this instanceof Failed || this instanceof NotRun || this instanceof Different;
    }
}
