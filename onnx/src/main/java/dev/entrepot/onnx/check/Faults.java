package dev.entrepot.onnx.check;

import dev.entrepot.bytes.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects problems, up to a limit. */
final class Faults {

    private final int most;
    private final List<Problem> found = new ArrayList<>();

    Faults(int most) {
        this.most = most;
    }

    void malformed(Site site, String why) {
        add(new Problem(Problem.Kind.MALFORMED, site.where(), site.what(), why));
    }

    void unsupported(Site site, String why) {
        add(new Problem(Problem.Kind.UNSUPPORTED, site.where(), site.what(), why));
    }

    void limitExceeded(Site site, String why) {
        add(new Problem(Problem.Kind.LIMIT_EXCEEDED, site.where(), site.what(), why));
    }

    void add(Problem problem) {
        if (found.size() < most) {
            found.add(problem);
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Whether the model is within all limits, so that it can be looked at further. */
    boolean isWithinLimits() {
        return found.stream().noneMatch(problem -> problem.kind() == Problem.Kind.LIMIT_EXCEEDED);
    }

    List<Problem> found() {
        return List.copyOf(found);
    }
}
