package dev.entrepot.server.web;

import java.util.Locale;

/** What kinds of problems callers are told of; a kind's word and status never change. */
public enum Kind {
    MALFORMED("The model or request does not follow its format", 422),
    UNSUPPORTED("The model asks for something that is not supported", 422),
    LIMIT_EXCEEDED("A limit is exceeded", 422),
    BAD_REQUEST("The request cannot be understood", 400),
    UNAUTHENTICATED("A valid token is needed", 401),
    FORBIDDEN("The token does not allow this", 403),
    NOT_FOUND("There is no such thing", 404),
    METHOD_NOT_ALLOWED("The resource does not have this method", 405),
    NOT_ACCEPTABLE("No answer has the form that is accepted", 406),
    TIMEOUT("The request took too long to arrive", 408),
    CONFLICT("The resource is in another state", 409),
    GONE("The thing is no longer there", 410),
    PRECONDITION_FAILED("A condition of the request does not hold", 412),
    TOO_LARGE("The request is too large", 413),
    UNSUPPORTED_MEDIA_TYPE("The body has the wrong type", 415),
    RANGE_NOT_SATISFIABLE("The range lies outside the file", 416),
    TOO_MANY_REQUESTS("Too many requests", 429),
    CHECKSUM_MISMATCH("The bytes do not have the checksum that was announced", 460),
    INTERNAL("The server failed", 500),
    NOT_IMPLEMENTED("The server cannot do this yet", 501),
    UNAVAILABLE("The server cannot do this now", 503),
    STORAGE_FULL("The server's disk is full", 507);

    private final String title;
    private final int status;

    Kind(String title, int status) {
        this.title = title;
        this.status = status;
    }

    /** The word for programs, such as {@code not-found}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is, for people. */
    public String title() {
        return title;
    }

    /** The HTTP status it is answered with. */
    public int status() {
        return status;
    }

    /** The kind that stands for a status the framework chose. */
    static Kind of(int status) {
        for (Kind kind : values()) {
            // Of those that share a status, the first is the general one.
            if (kind.status == status) {
                return kind;
            }
        }
        return status >= 500 ? INTERNAL : BAD_REQUEST;
    }
}
