package dev.entrepot.server.access;

import dev.entrepot.server.access.Tokens.Made;
import dev.entrepot.server.access.Tokens.Token;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.AuditEntry;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.entry.EntryJson;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens and the audit log, for admins. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Access")
final class TokenController {

    private static final int MOST_ENTRIES = 1000;

    private final Tokens tokens;
    private final Catalogue catalogue;

    TokenController(Tokens tokens, Catalogue catalogue) {
        this.tokens = tokens;
        this.catalogue = catalogue;
    }

    /**
     * A wish for a token.
     *
     * @param role reader, author or admin
     * @param label what it is for
     * @param days how long it is good; for ever if it is not said
     */
    @Serdeable
    record TokenRequest(
            String role, @Nullable String label, @Nullable Integer days) {}

    /**
     * A token as it is told.
     *
     * @param token the whole token, told once when it is made
     */
    @Serdeable
    record TokenView(
            String id,
            String role,
            String label,
            Instant created,
            @Nullable Instant expires,
            @Nullable Instant revoked,
            @Nullable String token) {

        static TokenView of(Token token, @Nullable String text) {
            return new TokenView(
                    token.id(),
                    token.role().word(),
                    token.label(),
                    token.created(),
                    token.expires(),
                    token.revoked(),
                    text);
        }
    }

    /** All tokens, without their secrets. */
    @Get("/tokens")
    List<TokenView> list() throws IOException {
        return tokens.list().stream().map(token -> TokenView.of(token, null)).toList();
    }

    /** Makes a token; its text is told this once. */
    @Post("/tokens")
    HttpResponse<TokenView> make(HttpRequest<?> request, @Body TokenRequest wish) throws IOException {
        Role role = role(wish.role());
        String label = wish.label() == null ? "" : wish.label();
        Integer days = wish.days();
        if (label.length() > 200 || (days != null && (days < 1 || days > 3650))) {
            throw new ProblemException(Kind.BAD_REQUEST, "a label has up to 200 characters, a token 1 to 3650 days");
        }
        Optional<Instant> expires =
                days == null ? Optional.empty() : Optional.of(Instant.now().plus(Duration.ofDays(days)));
        Made made = tokens.make(role, label, expires);
        catalogue.audit(actor(request), "make_token", made.token().id(), role.word() + " " + label);
        return HttpResponse.created(TokenView.of(made.token(), made.text()));
    }

    /** Makes a token good no more. */
    @Delete("/tokens/{id}")
    HttpResponse<?> revoke(HttpRequest<?> request, @PathVariable String id) throws IOException {
        if (!tokens.revoke(id)) {
            throw new ProblemException(Kind.NOT_FOUND, "there is no such token, or it is revoked already");
        }
        catalogue.audit(actor(request), "revoke_token", id, "");
        return HttpResponse.noContent();
    }

    /** What was done to something: a model, a token. */
    @Get("/audit")
    HttpResponse<String> audit(
            @QueryValue(defaultValue = "") String subject, @QueryValue(defaultValue = "100") int limit)
            throws IOException {
        if (limit < 1 || limit > MOST_ENTRIES) {
            throw new ProblemException(Kind.BAD_REQUEST, "limit is 1 to " + MOST_ENTRIES);
        }
        List<AuditEntry> trail = catalogue.trail(subject, limit);
        return HttpResponse.ok(EntryJson.toText(trail)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }

    private static Role role(@Nullable String word) {
        try {
            Role role = Role.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
            if (role != Role.NOBODY) {
                return role;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new ProblemException(Kind.BAD_REQUEST, "a role is reader, author or admin");
    }

    private static String actor(HttpRequest<?> request) {
        return request.getUserPrincipal().map(java.security.Principal::getName).orElse("anonymous");
    }
}
