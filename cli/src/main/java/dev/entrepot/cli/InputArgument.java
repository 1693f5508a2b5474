package dev.entrepot.cli;

import dev.entrepot.importers.InputSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --input} is given; see {@link InputSpec#parse}. */
final class InputArgument implements ITypeConverter<InputSpec> {

    @Override
    public InputSpec convert(String text) {
        try {
            return InputSpec.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
