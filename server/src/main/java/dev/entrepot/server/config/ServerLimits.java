package dev.entrepot.server.config;

import java.time.Duration;

/**
 * What no request may exceed.
 *
 * @param uploadBytes the bytes of one uploaded file
 * @param bodyBytes the bytes of any other request's body, which is held in memory
 * @param headerBytes the bytes of a request's headers
 * @param modelBytes the memory that loaded models may take together
 * @param requestsPerMinute how often one caller may ask the API; models a thousand times as often
 * @param waitingJobs how many jobs may wait for a worker
 * @param idle how long a connection may stay silent
 * @param drain how long requests that are being answered may go on once the server stops
 */
public record ServerLimits(
        long uploadBytes,
        long bodyBytes,
        int headerBytes,
        long modelBytes,
        long requestsPerMinute,
        long waitingJobs,
        Duration idle,
        Duration drain) {

    private static final long MIB = 1L << 20;

    /** 8 GiB uploads, 64 MiB bodies, 16 KiB headers, 4 GiB of models, 100 requests a second, 1000 waiting jobs. */
    public static final ServerLimits DEFAULT = new ServerLimits(
            8192 * MIB, 64 * MIB, 16 << 10, 4096 * MIB, 6000, 1000, Duration.ofSeconds(60), Duration.ofSeconds(20));

    /** @throws IllegalArgumentException if a limit is not positive */
    public ServerLimits {
        if (uploadBytes <= 0
                || bodyBytes <= 0
                || headerBytes <= 0
                || modelBytes <= 0
                || requestsPerMinute <= 0
                || waitingJobs <= 0
                || idle.isNegative()
                || idle.isZero()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** These limits with another one for uploaded files. */
    public ServerLimits withUploadBytes(long bytes) {
        return new ServerLimits(bytes, bodyBytes, headerBytes, modelBytes, requestsPerMinute, waitingJobs, idle, drain);
    }

    /** These limits with another one for bodies held in memory. */
    public ServerLimits withBodyBytes(long bytes) {
        return new ServerLimits(
                uploadBytes, bytes, headerBytes, modelBytes, requestsPerMinute, waitingJobs, idle, drain);
    }

    /** These limits with another one for loaded models. */
    public ServerLimits withModelBytes(long bytes) {
        return new ServerLimits(
                uploadBytes, bodyBytes, headerBytes, bytes, requestsPerMinute, waitingJobs, idle, drain);
    }

    /** These limits with another one for requests. */
    public ServerLimits withRequestsPerMinute(long requests) {
        return new ServerLimits(uploadBytes, bodyBytes, headerBytes, modelBytes, requests, waitingJobs, idle, drain);
    }

    /** These limits with another one for silence. */
    public ServerLimits withIdle(Duration silence) {
        return new ServerLimits(
                uploadBytes, bodyBytes, headerBytes, modelBytes, requestsPerMinute, waitingJobs, silence, drain);
    }

    /** These limits with another one for waiting jobs. */
    public ServerLimits withWaitingJobs(long jobs) {
        return new ServerLimits(uploadBytes, bodyBytes, headerBytes, modelBytes, requestsPerMinute, jobs, idle, drain);
    }
}
