package dev.entrepot.server.access;

import dev.entrepot.server.access.Quotas.Policy;
import dev.entrepot.server.access.Quotas.Taken;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts requests against quotas and tells what is left. Source: draft-ietf-httpapi-ratelimit-headers-09. */
@ServerFilter({"/api/**", "/v2/**"})
final class QuotaFilter implements Ordered {

    private static final String TAKEN = "entrepot.quota";

    private final Quotas quotas;

    QuotaFilter(Quotas quotas) {
        this.quotas = quotas;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 200;
    }

    @RequestFilter
    void count(HttpRequest<?> request) {
        String caller = caller(request);
        boolean inference = request.getPath().startsWith("/v2/");
        require(
                request,
                inference ? Policy.INFERENCE : Policy.API,
                quotas.take(caller, inference ? Policy.INFERENCE : Policy.API, 1));
        if (request.getMethodName().equals("POST") && request.getPath().matches("/api/v1/uploads/?")) {
            require(request, Policy.UPLOAD, quotas.take(caller, Policy.UPLOAD, announced(request)));
        }
    }

    private static void require(HttpRequest<?> request, Policy policy, Taken taken) {
        if (!taken.allowed()) {
            throw new ProblemException(
                    Kind.TOO_MANY_REQUESTS,
                    policy == Policy.UPLOAD
                            ? "the quota is " + taken.limit() + " uploaded bytes a day, " + taken.left() + " are left"
                            : "the limit is " + taken.limit() + " requests a minute",
                    headers(policy, taken, true));
        }
        request.setAttribute(TAKEN, headers(policy, taken, false));
    }

    @ResponseFilter
    @SuppressWarnings("unchecked") // set above
    void tell(HttpRequest<?> request, MutableHttpResponse<?> response) {
        Optional<Map<String, String>> headers = request.getAttribute(TAKEN).map(found -> (Map<String, String>) found);
        headers.ifPresent(map -> map.forEach((name, value) -> {
            if (!response.getHeaders().contains(name)) {
                response.header(name, value);
            }
        }));
    }

    private static Map<String, String> headers(Policy policy, Taken taken, boolean refused) {
        String name = "\"" + policy.name().toLowerCase(Locale.ROOT) + "\"";
        String policies = name + ";q=" + taken.limit() + ";w=" + taken.window();
        String left = name + ";r=" + taken.left() + ";t=" + taken.seconds();
        return refused
                ? Map.of(
                        "RateLimit-Policy", policies, "RateLimit", left, "Retry-After", String.valueOf(taken.seconds()))
                : Map.of("RateLimit-Policy", policies, "RateLimit", left);
    }

    /** Tokens are counted each, callers without one by their address. */
    private static String caller(HttpRequest<?> request) {
        String name =
                request.getUserPrincipal().map(java.security.Principal::getName).orElse("anonymous");
        return name.equals("anonymous")
                ? "address:" + request.getRemoteAddress().getAddress().getHostAddress()
                : name;
    }

    private static long announced(HttpRequest<?> request) {
        String length = request.getHeaders().get("Upload-Length");
        if (length != null && length.matches("\\d{1,18}")) {
            return Long.parseLong(length);
        }
        return Math.max(0, request.getContentLength());
    }
}
