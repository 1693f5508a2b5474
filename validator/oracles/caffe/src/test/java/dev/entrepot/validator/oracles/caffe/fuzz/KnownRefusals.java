package dev.entrepot.validator.oracles.caffe.fuzz;

import java.util.Map;

/** What Caffe computes and the importer refuses, each with the reason why that is right. */
final class KnownRefusals {

    /** The importer's words, and why they stand. */
    private static final Map<String, String> REASONS = Map.of(
            "has no output",
            "Caffe runs a net of which nothing can be seen; ONNX Runtime does not",
            "a window that reaches over",
            "Caffe divides towards zero, so a kernel larger than its padded bottom makes one output; that is an accident");

    private KnownRefusals() {}

    static boolean covers(Verdict verdict) {
        return verdict instanceof Verdict.NotImported refusal
                && REASONS.keySet().stream().anyMatch(refusal.reason()::contains);
    }
}
