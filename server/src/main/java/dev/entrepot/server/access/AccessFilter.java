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
import jakarta.inject.Named;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Finds out who calls and whether they may, before anything of a body is read. */
@ServerFilter("/**")
final class AccessFilter implements Ordered {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    /** Where Micronaut looks for the request's principal. */
    private static final String PRINCIPAL = "micronaut.AUTHENTICATION";

    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final HostNames names;
    private final Role anonymous;
    private final ExecutorService blocking;

    AccessFilter(
            Tokens tokens,
            HostNames names,
            ServerConfig config,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.tokens = tokens;
        this.names = names;
        this.blocking = blocking;
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

    /** Callers without a token are let in by the thread that took the request; asking for a token may take the database a while. */
    @RequestFilter
    CompletionStage<HttpRequest<?>> check(HttpRequest<?> request) {
        String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            requireSameSite(request);
            admit(request, new Caller("anonymous", anonymous));
            return CompletableFuture.completedFuture(request);
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    admit(request, bearer(header));
                    return request;
                },
                blocking);
    }

    private void admit(HttpRequest<?> request, Caller caller) {
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
        if (caller.name().equals("anonymous") && needed != Role.NOBODY) {
            names.require(request.getHeaders().get(HttpHeaders.HOST));
        }
        request.setAttribute(PRINCIPAL, caller);
    }

    private Caller bearer(String header) {
        try {
            var token = header.startsWith(BEARER)
                    ? tokens.find(header.substring(BEARER.length()).trim())
                    : Optional.<Tokens.Token>empty();
            return token.map(found -> new Caller("token:" + found.id(), found.role()))
                    .orElseThrow(() -> new ProblemException(
                            Kind.UNAUTHENTICATED,
                            "the token is not known, has expired or was revoked",
                            Map.of(
                                    HttpHeaders.WWW_AUTHENTICATE,
                                    "Bearer realm=\"entrepot\", error=\"invalid_token\"")));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
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
