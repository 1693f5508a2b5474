package dev.entrepot.cli;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A refused model as JSON.
 *
 * @param error what is wrong
 */
record Failure(Error error) {

    /**
     * What is wrong.
     *
     * @param kind the gravest kind
     * @param problems everything that was found
     */
    record Error(String kind, List<Entry> problems) {}

    /** One thing that is wrong: its kind, its place, what it is about and why. */
    record Entry(
            String kind,
            String file,
            @Nullable Integer line,
            @Nullable Integer column,
            @Nullable Long offset,
            String what,
            String why) {

        static Entry of(Problem problem) {
            boolean isText = problem.where().line() > 0;
            return new Entry(
                    word(problem.kind()),
                    problem.where().file(),
                    isText ? problem.where().line() : null,
                    isText ? problem.where().column() : null,
                    problem.where().offset() >= 0 ? problem.where().offset() : null,
                    problem.what(),
                    problem.why());
        }
    }

    static Failure of(ModelException exception) {
        return new Failure(new Error(
                word(exception.kind()),
                exception.problems().stream().map(Entry::of).toList()));
    }

    private static String word(Problem.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
