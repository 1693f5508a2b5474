package dev.entrepot.validator.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a validation comes to. */
public enum Verdict {
    /** Every output that has a reference is within its tolerance, and the references could have told a wrong model. */
    PASS,
    /** The model runs and gives something else than its reference. */
    FAIL_CONVERSION,
    /** ONNX Runtime refuses the model, or fails while it runs. */
    FAIL_RUNTIME,
    /** Nothing contradicts the reference, but it would not tell a wrong model from a right one. */
    INCONCLUSIVE;

    /** The name in reports, such as {@code fail_conversion}. */
    @JsonValue
    public String reportName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
