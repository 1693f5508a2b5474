package dev.entrepot.server.uploads;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** The digest that a piece is announced to have: the header {@code Upload-Checksum: sha256 BASE64}. */
final class Checksum {

    /** By the protocol's names. */
    static final Map<String, String> ALGORITHMS = Map.of("sha1", "SHA-1", "sha256", "SHA-256");

    private final MessageDigest digest;
    private final byte[] expected;

    private Checksum(MessageDigest digest, byte[] expected) {
        this.digest = digest;
        this.expected = expected;
    }

    static Checksum parse(String header) {
        String[] words = header.trim().split(" +", -1);
        String algorithm = ALGORITHMS.get(words[0]);
        if (words.length != 2 || algorithm == null) {
            throw new ProblemException(
                    Kind.BAD_REQUEST,
                    "Upload-Checksum must be one of "
                            + ALGORITHMS.keySet().stream().sorted().toList() + ", a space and the digest in Base64");
        }
        try {
            return new Checksum(
                    MessageDigest.getInstance(algorithm), Base64.getDecoder().decode(words[1]));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Kind.BAD_REQUEST, "Upload-Checksum holds no Base64");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    void update(byte[] bytes, int length) {
        digest.update(bytes, 0, length);
    }

    boolean holds() {
        return Arrays.equals(digest.digest(), expected);
    }
}
