package dev.entrepot.server.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param seq 1, 2, 3, ... within the job
 * @param happened when
 * @param kind {@code queued}, {@code started}, {@code progress}, {@code retried}, {@code succeeded}, {@code failed} or {@code cancelled}
 * @param detail more of it: for {@code progress} an object with {@code stage} and {@code text}; for the last event the outcome's gist
 */
public record JobEvent(long seq, Instant happened, String kind, JsonNode detail) {}
