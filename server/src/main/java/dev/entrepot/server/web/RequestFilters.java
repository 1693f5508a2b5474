package dev.entrepot.server.web;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerLimits;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outermost filter: gives each request an id, turns it away while draining, protects browsers, and writes the log line. */
@ServerFilter("/**")
final class RequestFilters implements Ordered {

    private static final Logger LOG = LoggerFactory.getLogger("entrepot.access");
    private static final String REQUEST_ID = "X-Request-ID";
    private static final String START = "entrepot.start";
    private static final String ENTERED = "entrepot.entered";
    private static final Pattern SOUND_ID = Pattern.compile("[\\w.-]{1,64}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
                    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> PROTECTION = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin");

    private final Drain drain;
    private final ProblemAnswers answers;

    private final ServerLimits limits;

    RequestFilters(Drain drain, ProblemAnswers answers, ServerConfig config) {
        this.drain = drain;
        this.answers = answers;
        this.limits = config.limits();
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @RequestFilter
    @Nullable
    HttpResponse<?> enter(HttpRequest<?> request) {
        request.setAttribute(START, System.nanoTime());
        request.setAttribute(REQUEST_ID, id(request));
        if (drain.enter()) {
            request.setAttribute(ENTERED, true);
            return isTooLarge(request)
                    ? answers.answer(
                            request,
                            Problem.of(
                                    Kind.TOO_LARGE,
                                    "the body has " + request.getContentLength() + " bytes, the limit is "
                                            + limits.bodyBytes()),
                            HttpResponse.ok())
                    : null;
        }
        if (request.getPath().startsWith("/health")) {
            return null;
        }
        return answers.answer(request, Problem.of(Kind.UNAVAILABLE, "the server is about to stop"), HttpResponse.ok())
                .header("Retry-After", "5")
                .header("Connection", "close");
    }

    @ResponseFilter
    void leave(HttpRequest<?> request, MutableHttpResponse<?> response) {
        PROTECTION.forEach((name, value) -> {
            if (!response.getHeaders().contains(name)) {
                response.header(name, value);
            }
        });
        String id = request.getAttribute(REQUEST_ID, String.class).orElse("-");
        response.header(REQUEST_ID, id);
        if (request.getAttribute(ENTERED).isPresent()) {
            drain.leave();
        }
        log(request, response, id);
    }

    private static void log(HttpRequest<?> request, HttpResponse<?> response, String id) {
        long start = request.getAttribute(START, Long.class).orElseGet(System::nanoTime);
        LOG.atInfo()
                .addKeyValue("request", id)
                .addKeyValue("client", request.getRemoteAddress().getAddress().getHostAddress())
                .addKeyValue("method", request.getMethodName())
                .addKeyValue("path", CONTROL.matcher(request.getPath()).replaceAll("?"))
                .addKeyValue("status", response.code())
                .addKeyValue("ms", (System.nanoTime() - start) / 1_000_000)
                .log("request");
    }

    /** Uploads go to the disk and have a limit of their own. */
    private boolean isTooLarge(HttpRequest<?> request) {
        return request.getContentLength() > limits.bodyBytes()
                && !request.getPath().startsWith("/api/v1/uploads");
    }

    /** The caller's own id where it has a harmless form. */
    private static String id(HttpRequest<?> request) {
        String given = request.getHeaders().get(REQUEST_ID);
        return given != null && SOUND_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }
}
