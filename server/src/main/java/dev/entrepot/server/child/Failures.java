package dev.entrepot.server.child;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.server.jobs.Outcome.Failure;
import dev.entrepot.server.jobs.Outcome.Fault;
import java.util.List;
import java.util.Locale;

/** What is wrong with a model, in the words of outcomes. */
public final class Failures {

    private static final int MOST = 1000;
    private static final int LONGEST = 2000;

    private Failures() {}

    /** All problems of a refused model. */
    public static Failure of(ModelException refused) {
        List<Fault> faults =
                refused.problems().stream().limit(MOST).map(Failures::fault).toList();
        int count = refused.problems().size();
        String detail = count == 1
                ? cut(refused.problems().get(0).toString())
                : count + " problems, the first: "
                        + cut(refused.problems().get(0).toString());
        return new Failure(word(refused.kind()), detail, faults);
    }

    private static Fault fault(Problem problem) {
        return new Fault(
                word(problem.kind()),
                problem.where().file(),
                place(problem.where()),
                cut(problem.what()),
                cut(problem.why()));
    }

    private static String place(SourceLocation where) {
        if (where.line() > 0) {
            return where.line() + ":" + where.column();
        }
        return where.offset() >= 0 ? "byte " + where.offset() : "";
    }

    private static String word(Problem.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
