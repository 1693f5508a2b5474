package dev.entrepot.server.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job, as it is at a moment.
 *
 * @param id its name, 64 hexadecimal digits
 * @param order what it is to do
 * @param state how far it has come
 * @param submitted when it was asked for first, or again after it had failed
 * @param submittedBy by whom
 * @param started when a worker took it
 * @param ended when it came to its end
 * @param attempt how often a worker took it
 * @param worker who has it or had it last; empty if nobody had
 * @param isolation how it is kept apart: {@code process} or {@code sandbox}; empty before it ran
 * @param cancelAsked when somebody called it off
 * @param outcome what came out; null until the end
 */
public record Job(
        String id,
        JobOrder order,
        JobState state,
        Instant submitted,
        String submittedBy,
        @Nullable Instant started,
        @Nullable Instant ended,
        int attempt,
        String worker,
        String isolation,
        @Nullable Instant cancelAsked,
        @Nullable Outcome outcome) {}
