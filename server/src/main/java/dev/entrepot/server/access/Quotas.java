package dev.entrepot.server.access;

import dev.entrepot.server.config.ServerConfig;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much each caller may ask for. Counted in this process; several servers each have their own count. */
@Singleton
final class Quotas {

    private static final int MOST_CALLERS = 10_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final ServerConfig config;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    Quotas(ServerConfig config) {
        this.config = config;
    }

    /** What is counted. */
    enum Policy {
        /** Requests to the API a minute. */
        API,
        /** Requests to models a minute. */
        INFERENCE,
        /** Bytes to be uploaded a day. */
        UPLOAD
    }

    /**
     * What a request took, and left.
     *
     * @param allowed whether there was enough
     * @param limit how much there is in a window
     * @param left how much is left
     * @param seconds when there is enough again, or more
     */
    record Taken(boolean allowed, long limit, long window, long left, long seconds) {}

    Taken take(String caller, Policy policy, long amount) {
        long limit = limit(policy);
        Duration window = policy == Policy.UPLOAD ? DAY : WINDOW;
        Bucket bucket;
        synchronized (buckets) {
            bucket = buckets.computeIfAbsent(
                    policy + " " + caller,
                    unused -> Bucket.builder()
                            .addLimit(bandwidth -> bandwidth.capacity(limit).refillGreedy(limit, window))
                            .build());
        }
        if (amount > limit) {
            return new Taken(false, limit, window.toSeconds(), bucket.getAvailableTokens(), window.toSeconds());
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(Math.max(1, amount));
        long wait = probe.isConsumed() ? probe.getNanosToWaitForReset() : probe.getNanosToWaitForRefill();
        return new Taken(
                probe.isConsumed(),
                limit,
                window.toSeconds(),
                probe.getRemainingTokens(),
                Math.max(1, Duration.ofNanos(wait).plusMillis(999).toSeconds()));
    }

    private long limit(Policy policy) {
        long requests = config.limits().requestsPerMinute();
        return switch (policy) {
            case API -> requests;
            case INFERENCE -> Math.multiplyExact(requests, 1000L);
            case UPLOAD -> Math.multiplyExact(config.limits().uploadBytes(), 8L);
        };
    }
}
