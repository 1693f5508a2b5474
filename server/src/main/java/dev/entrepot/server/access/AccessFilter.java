package dev.entrepot.server.access;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Finds out who calls and whether they may, before anything of a body is read. */
@ServerFilter("/**")
final class AccessFilter implements Ordered {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    /** Where Micronaut looks for the request's principal. */
    private static final String PRINCIPAL = "micronaut.AUTHENTICATION";

    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final Role anonymous;

    AccessFilter(Tokens tokens, ServerConfig config) {
        this.tokens = tokens;
        this.anonymous = switch (config.anonymous()) {
            case NOTHING -> Role.NOBODY;
            case READ -> Role.READER;
            case WRITE -> Role.AUTHOR;
        };
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 100;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void check(HttpRequest<?> request) throws IOException {
        Caller caller = caller(request);
        Role needed = Rules.needed(request.getMethodName(), request.getPath());
        if (!caller.role().includes(needed)) {
            throw caller.name().equals("anonymous")
                    ? new ProblemException(
                            Kind.UNAUTHENTICATED,
                            "this needs the role " + needed.word() + "; send a token as Authorization: Bearer ...",
                            Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"entrepot\""))
                    : new ProblemException(
                            Kind.FORBIDDEN,
                            "this needs the role " + needed.word() + ", the token has "
                                    + caller.role().word());
        }
        request.setAttribute(PRINCIPAL, caller);
    }

    private Caller caller(HttpRequest<?> request) throws IOException {
        String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            requireSameSite(request);
            return new Caller("anonymous", anonymous);
        }
        if (header.startsWith(BEARER)) {
            var token = tokens.find(header.substring(BEARER.length()).trim());
            if (token.isPresent()) {
                return new Caller("token:" + token.get().id(), token.get().role());
            }
        }
        throw new ProblemException(
                Kind.UNAUTHENTICATED,
                "the token is not known, has expired or was revoked",
                Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"entrepot\", error=\"invalid_token\""));
    }

    /** A page of another site must not act through the browser of somebody who may. */
    private static void requireSameSite(HttpRequest<?> request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        String host = request.getHeaders().get(HttpHeaders.HOST);
        boolean foreign =
                "cross-site".equals(site) || (origin != null && host != null && !origin.endsWith("://" + host));
        if (foreign && !SAFE.contains(request.getMethodName())) {
            throw new ProblemException(Kind.FORBIDDEN, "pages of other sites may only read here");
        }
    }
}
