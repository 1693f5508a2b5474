package dev.entrepot.traced;

import java.util.Optional;

/**
 * A network in Python source: {@code FILE.py:EXPRESSION}.
 *
 * @param file the file, as it was named
 * @param expression what makes the network in that file, such as {@code resnet20()}, or a class or function to call
 */
public record SourceExpression(String file, String expression) {

    /** Reads {@code nets.py:resnet20()}; empty if it is not of this form. */
    public static Optional<SourceExpression> parse(String text) {
        int end = text.indexOf(".py:");
        if (end <= 0 || text.substring(end + 4).isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new SourceExpression(
                text.substring(0, end + 3), text.substring(end + 4).strip()));
    }

    @Override
    public String toString() {
        return file + ":" + expression;
    }
}
