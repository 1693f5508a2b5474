package dev.entrepot.cli;

import dev.entrepot.traced.SourceExpression;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file that a model is made of, or {@code FILE.py:EXPRESSION}. */
final class SourceArgument implements ITypeConverter<Path> {

    /** A path writes {@code a//b} as {@code a/b}, which is another number: it is refused rather than changed. */
    @Override
    public Path convert(String text) {
        boolean isChanged = SourceExpression.parse(text)
                .filter(named -> named.expression().contains("//"))
                .isPresent();
        if (isChanged) {
            throw new TypeConversionException(
                    "\"" + text + "\": // cannot be given here; write the number that it comes to, or int(a / b)");
        }
        return Path.of(text);
    }
}
