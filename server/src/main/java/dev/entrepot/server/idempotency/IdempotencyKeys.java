package dev.entrepot.server.idempotency;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Database;
import dev.entrepot.zoo.catalogue.Transaction;
import dev.entrepot.zoo.store.Digest;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers a request with a key once, and gives the same answer to it for a day. Refused requests are not remembered: the key may be used again.
 * Source: draft-ietf-httpapi-idempotency-key-header-07.
 */
@Singleton
public class IdempotencyKeys {

    private static final String HEADER = "Idempotency-Key";
    private static final Pattern FORM = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255}");
    private static final Duration KEPT = Duration.ofHours(24);

    /** A request that has not been answered for so long was a server's that died. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Database database;

    IdempotencyKeys(Database database) {
        this.database = database;
    }

    /** What a request asks for. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        Answer done() throws IOException;
    }

    private record Known(String fingerprint, Instant begun, Optional<Answer> answer) {}

    /**
     * Does what a request asks for, unless it has been done.
     *
     * @param body the request's body
     * @throws ProblemException if the key is none, is of another request, or its request is being answered at this moment
     * @throws IOException if the database fails
     */
    public Answer once(HttpRequest<?> request, byte[] body, Work work) throws IOException {
        Optional<String> key = key(request);
        if (key.isEmpty()) {
            return work.done();
        }
        String caller = request.getUserPrincipal().map(Principal::getName).orElse("anonymous");
        Optional<Answer> known = begin(caller, key.get(), fingerprint(request, body));
        if (known.isPresent()) {
            return known.get();
        }
        boolean done = false;
        try {
            Answer answer = work.done();
            keep(caller, key.get(), answer);
            done = true;
            return answer;
        } finally {
            if (!done) {
                forget(caller, key.get());
            }
        }
    }

    private static Optional<String> key(HttpRequest<?> request) {
        String header = request.getHeaders().get(HEADER);
        if (header == null) {
            return Optional.empty();
        }
        String text = header.trim();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        String key = quoted ? text.substring(1, text.length() - 1) : text;
        if (!FORM.matcher(key).matches()) {
            throw new ProblemException(
                    Kind.BAD_REQUEST, HEADER + " must be up to 255 visible ASCII characters in double quotes");
        }
        return Optional.of(key);
    }

    private static String fingerprint(HttpRequest<?> request, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((request.getMethodName() + " " + request.getPath() + "\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return Digest.of(all.toByteArray()).hex();
    }

    /** The answer, if it has been given; else the key is taken. */
    private Optional<Answer> begin(String caller, String key, String fingerprint) throws IOException {
        return database.write(transaction -> {
            Instant now = Instant.now();
            Optional<Known> known = known(transaction, caller, key);
            if (known.isPresent() && isStale(known.get(), now)) {
                // Only one of those who see this deletes the row; the others find their own in the way and look again.
                transaction.update(
                        "delete from idempotency_key where caller = ? and name = ? and begun = ?",
                        caller,
                        key,
                        known.get().begun());
            } else if (known.isPresent()) {
                return Optional.of(answered(known.get(), fingerprint));
            }
            transaction.update(
                    "insert into idempotency_key (caller, name, fingerprint, begun) values (?, ?, ?, ?)",
                    caller,
                    key,
                    fingerprint,
                    now);
            return Optional.empty();
        });
    }

    private static boolean isStale(Known known, Instant now) {
        Duration kept = known.answer().isPresent() ? KEPT : PATIENCE;
        return known.begun().plus(kept).isBefore(now);
    }

    private static Answer answered(Known known, String fingerprint) {
        if (!known.fingerprint().equals(fingerprint)) {
            throw new ProblemException(Kind.MALFORMED, "the " + HEADER + " is that of another request");
        }
        return known.answer()
                .orElseThrow(() -> new ProblemException(
                        Kind.CONFLICT,
                        "the request with this " + HEADER + " is being answered",
                        Map.of("Retry-After", "1")));
    }

    private static Optional<Known> known(Transaction transaction, String caller, String key) throws SQLException {
        return transaction.first(
                "select * from idempotency_key where caller = ? and name = ?",
                row -> {
                    int status = row.getInt("status");
                    return new Known(
                            row.getString("fingerprint"),
                            Transaction.instant(row, "begun"),
                            status == 0
                                    ? Optional.empty()
                                    : Optional.of(
                                            new Answer(status, row.getString("location"), row.getString("body"))));
                },
                caller,
                key);
    }

    private void keep(String caller, String key, Answer answer) throws IOException {
        database.writeRepeatable(transaction -> transaction.update(
                "update idempotency_key set status = ?, location = ?, body = ? where caller = ? and name = ?",
                answer.status(),
                answer.location(),
                answer.body(),
                caller,
                key));
    }

    private void forget(String caller, String key) throws IOException {
        database.writeRepeatable(transaction -> transaction.update(
                "delete from idempotency_key where caller = ? and name = ? and status is null", caller, key));
    }

    /** Forgets keys of yesterday. */
    @Scheduled(initialDelay = "2m", fixedDelay = "30m")
    void forgetOld() throws IOException {
        database.writeRepeatable(transaction -> transaction.update(
                "delete from idempotency_key where begun < ?", Instant.now().minus(KEPT)));
    }
}
