package dev.entrepot.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.entrepot.validator.report.Report;
import dev.entrepot.zoo.convert.Conversion;
import org.jspecify.annotations.Nullable;

/**
 * What {@code convert --json} prints: the conversion's fields and its validation.
 *
 * @param conversion the conversion
 * @param validation the validation report, null where no reference was given
 */
record Converted(
        @JsonUnwrapped Conversion conversion, @Nullable Report validation) {

    static Converted of(Conversion conversion) {
        return new Converted(conversion, null);
    }

    static Converted of(Conversion conversion, Report report) {
        return new Converted(conversion, report);
    }
}
