package dev.entrepot.bytes;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A user's model cannot be used. Holds every {@link Problem} that was found, not only the first.
 *
 * <p>A caller's mistake is an {@link IllegalArgumentException}, a failing disk an {@link java.io.IOException}; neither is this.
 */
public final class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @throws IllegalArgumentException if there is no problem */
    public ModelException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a ModelException needs at least one problem");
        }
        this.problems = List.copyOf(problems);
    }

    /** A model that does not follow its format, or contradicts itself. */
    public static ModelException malformed(SourceLocation where, String what, String why) {
        return new ModelException(List.of(new Problem(Problem.Kind.MALFORMED, where, what, why)));
    }

    /** A sound model that means something that is not supported. */
    public static ModelException unsupported(SourceLocation where, String what, String why) {
        return new ModelException(List.of(new Problem(Problem.Kind.UNSUPPORTED, where, what, why)));
    }

    /** A model that asks for more than a limit allows; {@code why} names the limit and its value. */
    public static ModelException limitExceeded(SourceLocation where, String what, String why) {
        return new ModelException(List.of(new Problem(Problem.Kind.LIMIT_EXCEEDED, where, what, why)));
    }

    /** All problems, in the order they were found. */
    public List<Problem> problems() {
        return problems;
    }

    /** The gravest kind among the problems. */
    public Problem.Kind kind() {
        return problems.stream()
                .map(Problem::kind)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
