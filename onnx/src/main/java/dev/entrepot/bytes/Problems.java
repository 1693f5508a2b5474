package dev.entrepot.bytes;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a model, so that all of it is reported at once. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** Notes something that does not follow its format, or contradicts itself. */
    public void malformed(SourceLocation where, String what, String why) {
        found.add(new Problem(Problem.Kind.MALFORMED, where, what, why));
    }

    /** Notes something sound that is not supported. */
    public void unsupported(SourceLocation where, String what, String why) {
        found.add(new Problem(Problem.Kind.UNSUPPORTED, where, what, why));
    }

    /** Takes over all problems of an exception that was caught so that the search could go on. */
    public void addAll(ModelException exception) {
        found.addAll(exception.problems());
    }

    /** Whether nothing was noted. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** What was noted, in order. */
    public List<Problem> found() {
        return List.copyOf(found);
    }

    /** @throws ModelException with all that was noted, if anything was */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ModelException(found);
        }
    }
}
