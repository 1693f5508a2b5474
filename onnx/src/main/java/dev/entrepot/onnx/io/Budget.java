package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import org.jspecify.annotations.Nullable;

/** Counts what one reading has used of its {@link ReadLimits}, and collects what is wrong. */
final class Budget {

    private static final int MOST_PROBLEMS = 100;

    private final ReadLimits limits;
    private final Problems problems = new Problems();
    private int problemCount;
    private @Nullable ModelException end;
    private int items;
    private int nodes;
    private long textBytes;

    Budget(ReadLimits limits) {
        this.limits = limits;
    }

    ReadLimits limits() {
        return limits;
    }

    /** Takes note of one more thing that is kept in memory. */
    void item(SourceLocation where) {
        items = count(items, limits.items(), where, "model", "items");
    }

    /** Takes note of one more node. */
    void node(SourceLocation where) {
        nodes = count(nodes, limits.nodes(), where, "model", "nodes");
    }

    /** Takes note of a name or text that is about to be read. */
    void text(long bytes, SourceLocation where) {
        textBytes += bytes;
        if (textBytes > limits.totalTextBytes()) {
            throw ModelException.limitExceeded(
                    where,
                    "model",
                    "has more than " + limits.totalTextBytes() + " bytes of names and texts, the limit");
        }
    }

    /** One more than {@code before}, unless that is above the limit. */
    static int count(int before, int limit, SourceLocation where, String what, String counted) {
        if (before >= limit) {
            throw ModelException.limitExceeded(where, what, "has more than " + limit + " " + counted + ", the limit");
        }
        return before + 1;
    }

    /** Notes what is wrong with one part of the model, so that the others can still be looked at; a limit ends the reading. */
    void note(ModelException problem) {
        if (problem == end) {
            throw problem;
        }
        problems.addAll(problem);
        problemCount += problem.problems().size();
        if (problem.kind() == Problem.Kind.LIMIT_EXCEEDED || problemCount >= MOST_PROBLEMS) {
            end = new ModelException(problems.found());
            throw end;
        }
    }

    /** @throws ModelException with all that was noted, if anything was */
    void throwIfAny() {
        problems.throwIfAny();
    }
}
