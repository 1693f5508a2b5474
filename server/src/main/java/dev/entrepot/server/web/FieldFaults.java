package dev.entrepot.server.web;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with the fields of a body, all of which is told at once. */
public final class FieldFaults {

    private final List<Fault> faults = new ArrayList<>();

    /** What is wrong with a field. */
    record Fault(String field, String why) {
        @Override
        public String toString() {
            return field.isEmpty() ? why : field + ": " + why;
        }
    }

    /**
     * Notes a fault.
     *
     * @param field the field, such as {@code sources[0].path}; empty for the whole body
     * @param why what was found and what was expected
     */
    public void add(String field, String why) {
        faults.add(new Fault(field, why));
    }

    /** Whether nothing has been noted. */
    public boolean isEmpty() {
        return faults.isEmpty();
    }

    /** @throws ProblemException with all that was noted, if there is anything */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new ProblemException(Problem.of(faults));
        }
    }

    /** A refusal for a single fault. */
    public static ProblemException of(String field, String why) {
        return new ProblemException(Problem.of(List.of(new Fault(field, why))));
    }
}
