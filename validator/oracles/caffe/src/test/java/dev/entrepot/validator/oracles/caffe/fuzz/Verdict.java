package dev.entrepot.validator.oracles.caffe.fuzz;

/** What comes of a case when Caffe and the imported model both have a go at it. */
sealed interface Verdict {

    /** Both compute the same. */
    record Same() implements Verdict {}

    /** Caffe refuses the net, and so does the importer. */
    record BothRefuse(String caffe, String importer) implements Verdict {}

    /** Caffe refuses a net that the importer takes: no fault, but worth a look. */
    record OnlyCaffeRefuses(String reason) implements Verdict {}

    /** Caffe computes a net that cannot be imported. */
    record NotImported(String reason) implements Verdict {}

    /** ONNX Runtime fails on the imported model. */
    record NotRun(String reason) implements Verdict {}

    /** The values, shapes or names differ. */
    record Different(String how) implements Verdict {}

    /** Whether the importer is at fault. */
    default boolean isFault() {
        return this instanceof NotImported || this instanceof NotRun || this instanceof Different;
    }
}
