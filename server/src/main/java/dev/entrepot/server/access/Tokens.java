package dev.entrepot.server.access;

import dev.entrepot.zoo.catalogue.Database;
import dev.entrepot.zoo.catalogue.Transaction;
import dev.entrepot.zoo.store.Digest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tokens: {@code entrepot_ID_SECRET}. The database holds the SHA-256 of the secret, which is 256 random bits, so that who reads the database cannot
 * call.
 */
@Singleton
public final class Tokens {

    private static final Pattern FORM = Pattern.compile("entrepot_([0-9a-f]{12})_([0-9a-f]{64})");
    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final int MOST_REMEMBERED = 10_000;

    private final Database database;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    Tokens(Database database) {
        this.database = database;
    }

    private record Known(Optional<Stored> token, Instant when) {}

    private record Stored(String secret, Token token) {}

    /**
     * What is known of a token.
     *
     * @param label what it is for
     */
    public record Token(
            String id,
            Role role,
            String label,
            Instant created,
            @Nullable Instant expires,
            @Nullable Instant revoked) {}

    /**
     * A token that was just made; its text is told this once.
     *
     * @param text the whole token
     */
    public record Made(String text, Token token) {}

    /** Makes a token. */
    public Made make(Role role, String label, Optional<Instant> expires) throws IOException {
        String id = hex(6);
        String secret = hex(32);
        Token token = new Token(id, role, label, Instant.now(), expires.orElse(null), null);
        database.write(transaction -> transaction.update(
                "insert into access_token (id, secret, role, label, created, expires) values (?, ?, ?, ?, ?, ?)",
                id,
                hash(secret),
                role.word(),
                label,
                token.created(),
                token.expires()));
        known.remove(id);
        return new Made("entrepot_" + id + "_" + secret, token);
    }

    /** An admin's token, if there has never been any token. */
    public Optional<Made> first() throws IOException {
        long count = database.read(transaction -> transaction
                .first("select count(*) from access_token", row -> row.getLong(1))
                .orElse(0L));
        return count > 0
                ? Optional.empty()
                : Optional.of(make(Role.ADMIN, "made at the first start", Optional.empty()));
    }

    /** The token that a text is, if it is one that is good now. */
    public Optional<Token> find(String text) throws IOException {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        String secret = hash(match.group(2));
        return stored(match.group(1))
                .filter(stored -> MessageDigest.isEqual(
                        stored.secret.getBytes(StandardCharsets.US_ASCII), secret.getBytes(StandardCharsets.US_ASCII)))
                .map(Stored::token)
                .filter(Tokens::isGood);
    }

    private static boolean isGood(Token token) {
        Instant expires = token.expires();
        return token.revoked() == null && (expires == null || expires.isAfter(Instant.now()));
    }

    private Optional<Stored> stored(String id) throws IOException {
        Known remembered = known.get(id);
        if (remembered != null && remembered.when.plus(REMEMBERED).isAfter(Instant.now())) {
            return remembered.token;
        }
        Optional<Stored> found = database.read(
                transaction -> transaction.first("select * from access_token where id = ?", Tokens::stored, id));
        if (known.size() >= MOST_REMEMBERED) {
            known.clear();
        }
        known.put(id, new Known(found, Instant.now()));
        return found;
    }

    /** All tokens, the newest first. */
    public List<Token> list() throws IOException {
        return database.read(transaction -> transaction.query(
                "select * from access_token order by created desc, id",
                row -> stored(row).token()));
    }

    /** Makes a token good no more, and tells whether it was there. Another server notices within half a minute. */
    public boolean revoke(String id) throws IOException {
        int changed = database.write(transaction -> transaction.update(
                "update access_token set revoked = ? where id = ? and revoked is null", Instant.now(), id));
        known.remove(id);
        return changed > 0;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getString("secret"),
                new Token(
                        row.getString("id"),
                        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                        row.getString("label"),
                        Transaction.instant(row, "created"),
                        moment(row, "expires"),
                        moment(row, "revoked")));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    private static String hash(String secret) {
        return Digest.of(secret).hex();
    }

    private String hex(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }
}
