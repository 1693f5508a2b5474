package dev.entrepot.server.web;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A request is refused; thrown anywhere below a controller, answered in the form of the path it came by. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient Map<String, String> headers;

    /**
     * @param kind what kind of problem
     * @param detail what was found and what was expected; the caller reads it
     */
    public ProblemException(Kind kind, String detail) {
        this(kind, detail, Map.of());
    }

    /** @param headers more headers of the answer */
    public ProblemException(Kind kind, String detail, Map<String, String> headers) {
        super(detail);
        this.problem = Problem.of(kind, detail);
        this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** @param problem what the caller is told */
    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
        this.headers = Map.of();
    }

    /** What the caller is told. */
    public Problem problem() {
        return problem;
    }

    /** More headers of the answer. */
    public Map<String, String> headers() {
        return headers;
    }
}
