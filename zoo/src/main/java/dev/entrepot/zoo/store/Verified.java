package dev.entrepot.zoo.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which files have been hashed and were right, so that not every reader of a large blob waits for that. It forgets after an hour. */
final class Verified {

    private static final Duration TRUST = Duration.ofHours(1);
    private static final int MOST = 100_000;

    private final Map<Digest, Proof> proofs = new ConcurrentHashMap<>();
    private final Clock clock;

    Verified(Clock clock) {
        this.clock = clock;
    }

    private record Proof(FileStamp stamp, Instant when) {}

    /** Whether this very file was right, and has not been touched since. */
    boolean holds(Digest digest, FileStamp stamp) {
        Proof proof = proofs.get(digest);
        return proof != null && proof.stamp.equals(stamp) && clock.instant().isBefore(proof.when.plus(TRUST));
    }

    void remember(Digest digest, FileStamp stamp) {
        if (proofs.size() >= MOST) {
            proofs.clear();
        }
        proofs.put(digest, new Proof(stamp, clock.instant()));
    }

    void forget(Digest digest) {
        proofs.remove(digest);
    }
}
