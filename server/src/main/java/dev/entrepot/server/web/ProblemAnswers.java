package dev.entrepot.server.web;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Puts every problem, the framework's own included, into the form its path asks for: problem+json, {@code {"error": ...}} below {@code /v2} as
 * the Open Inference Protocol has it, or a page for a browser.
 */
@Singleton
final class ProblemAnswers implements ErrorResponseProcessor<Object> {

    private static final MediaType PROBLEM = MediaType.of("application/problem+json");

    private final Optional<ErrorPage> page;

    ProblemAnswers(Optional<ErrorPage> page) {
        this.page = page;
    }

    @Override
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        Kind kind = Kind.of(response.code());
        Problem problem = Problem.of(kind, detail(kind, context)).withStatus(response.code());
        return answer(context.getRequest(), problem, response);
    }

    /** Fills in an answer. */
    MutableHttpResponse<Object> answer(HttpRequest<?> request, Problem problem, MutableHttpResponse<?> response) {
        MutableHttpResponse<Object> answer =
                response.status(problem.status(), problem.title()).body(null);
        if (request.getMethod() == HttpMethod.HEAD) {
            return answer;
        }
        if (isInference(request)) {
            return answer.contentType(MediaType.APPLICATION_JSON_TYPE).body(Map.of("error", problem.detail()));
        }
        if (page.isPresent() && wantsPage(request)) {
            return answer.contentType(MediaType.TEXT_HTML_TYPE).body(page.get().html(problem));
        }
        return answer.contentType(PROBLEM).body(problem);
    }

    private static boolean isInference(HttpRequest<?> request) {
        String path = request.getPath();
        return path.equals("/v2") || path.startsWith("/v2/");
    }

    private static boolean wantsPage(HttpRequest<?> request) {
        return !request.getPath().startsWith("/api/")
                && request.accept().stream().anyMatch(type -> type.getName().equals(MediaType.TEXT_HTML));
    }

    /** A failing server's words are for its log. */
    private static String detail(Kind kind, ErrorContext context) {
        if (kind == Kind.INTERNAL) {
            return "the server's log says more, under the X-Request-ID of this answer";
        }
        String found = context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
        return found.isEmpty() ? kind.title() : found;
    }
}
