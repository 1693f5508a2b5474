package dev.entrepot.server.web;

import dev.entrepot.bytes.ModelException;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as a caller is told. Source: RFC 9457.
 *
 * @param type a name for the kind that never changes
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail this occurrence in words
 * @param kind the kind, one word
 * @param file the file at fault, if it is a file
 * @param place where in the file, such as {@code lenet.prototxt:41:3}; or the field of the body, such as {@code sources[0].path}
 * @param reason why, about the first fault
 * @param reasons all faults of a model, or of a body
 */
@Serdeable
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        String kind,
        @Nullable String file,
        @Nullable String place,
        @Nullable String reason,
        List<Reason> reasons) {

    public Problem {
        reasons = List.copyOf(reasons);
    }

    /** A problem that is not about a model's file. */
    public static Problem of(Kind kind, String detail) {
        return new Problem(type(kind), kind.title(), kind.status(), detail, kind.word(), null, null, null, List.of());
    }

    /**
     * A refused body.
     *
     * @param faults what is wrong with which field, such as {@code sources[0].path}; at least one
     */
    static Problem of(List<FieldFaults.Fault> faults) {
        FieldFaults.Fault first = faults.get(0);
        return new Problem(
                type(Kind.BAD_REQUEST),
                Kind.BAD_REQUEST.title(),
                Kind.BAD_REQUEST.status(),
                first.toString(),
                Kind.BAD_REQUEST.word(),
                null,
                first.field(),
                first.why(),
                faults.stream()
                        .map(fault ->
                                new Reason(Kind.BAD_REQUEST.word(), "", null, null, null, fault.field(), fault.why()))
                        .toList());
    }

    /** A refused model. */
    public static Problem of(ModelException refused) {
        Kind kind = switch (refused.kind()) {
            case MALFORMED -> Kind.MALFORMED;
            case UNSUPPORTED -> Kind.UNSUPPORTED;
            case LIMIT_EXCEEDED -> Kind.LIMIT_EXCEEDED;
        };
        dev.entrepot.bytes.Problem first = refused.problems().get(0);
        return new Problem(
                type(kind),
                kind.title(),
                kind.status(),
                first.toString(),
                kind.word(),
                first.where().file(),
                first.where().toString(),
                first.why(),
                refused.problems().stream().map(Reason::of).toList());
    }

    /** This problem with another status, where the framework chose one of its own. */
    Problem withStatus(int other) {
        return new Problem(type, title, other, detail, kind, file, place, reason, reasons);
    }

    private static URI type(Kind kind) {
        return URI.create("urn:entrepot:problem:" + kind.word());
    }

    /**
     * One fault of a model.
     *
     * @param kind malformed, unsupported or limit-exceeded; bad-request for a body
     * @param file the file's name; empty if it is the body
     * @param line the line from 1, for texts
     * @param column the column from 1, for texts
     * @param offset the byte offset, for binaries
     * @param what what it is about, such as a layer, or a field of the body
     * @param why what was found and what was expected
     */
    @Serdeable
    public record Reason(
            String kind,
            String file,
            @Nullable Integer line,
            @Nullable Integer column,
            @Nullable Long offset,
            String what,
            String why) {

        static Reason of(dev.entrepot.bytes.Problem problem) {
            boolean isText = problem.where().line() > 0;
            return new Reason(
                    problem.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    problem.where().file(),
                    isText ? problem.where().line() : null,
                    isText ? problem.where().column() : null,
                    problem.where().offset() >= 0 ? problem.where().offset() : null,
                    problem.what(),
                    problem.why());
        }
    }
}
