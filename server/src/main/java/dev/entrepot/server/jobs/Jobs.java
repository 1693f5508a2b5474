package dev.entrepot.server.jobs;

import dev.entrepot.server.jobs.Outcome.Failure;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Database;
import dev.entrepot.zoo.catalogue.Transaction;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All jobs. Those who order and those who work may be different processes; all methods may be called from several threads. */
public final class Jobs {

    private static final Duration KEPT = Duration.ofDays(30);

    private final Database database;
    private final Catalogue catalogue;
    private final BlobStore blobs;
    private final JobQueue queue;
    private final Clock clock;
    private final long bound;

    /**
     * @param database where they are kept
     * @param catalogue keeps the files that they need
     * @param blobs where those files are
     * @param queue tells workers of them
     * @param clock the time
     * @param bound how many may wait
     */
    public Jobs(Database database, Catalogue catalogue, BlobStore blobs, JobQueue queue, Clock clock, long bound) {
        this.database = database;
        this.catalogue = catalogue;
        this.blobs = blobs;
        this.queue = queue;
        this.clock = clock;
        this.bound = bound;
    }

    /**
     * Takes an order. An equal one that waits, runs or has come to its end is that job; one that was called off, or failed for a reason that
     * lies with the machine, or ended so long ago that its files may be gone, is taken up again. When this returns, the job is safe on the disk,
     * and so are its files.
     *
     * @throws QueueFullException if too many wait already; an order that joins a job is not refused
     * @throws dev.entrepot.zoo.store.NoSuchBlobException if a file is not in the store
     * @throws IOException if the store or the database fails
     */
    public Job submit(JobOrder order, String actor) throws IOException {
        String id = order.id();
        for (Digest blob : order.blobs()) {
            blobs.keep(blob);
        }
        Job job = database.writeRepeatable(transaction -> taken(transaction, id, order, actor));
        if (job.state() == JobState.QUEUED) {
            queue.offer(job);
        }
        return job;
    }

    private Job taken(Transaction transaction, String id, JobOrder order, String actor)
            throws SQLException, IOException {
        Optional<JobRows.Row> there = JobRows.find(transaction, id);
        Instant now = clock.instant();
        if (there.isPresent() && !there.get().mayBeTriedAgain(now.minus(KEPT))) {
            return there.get().job();
        }
        long waiting = JobRows.count(transaction, JobState.QUEUED);
        if (waiting >= bound) {
            throw new QueueFullException(bound);
        }
        if (there.isPresent()) {
            JobRows.requeue(transaction, id, actor, now);
        } else {
            JobRows.insert(transaction, id, order, actor, now);
        }
        // In the same transaction: no job without its files, and no files held for a job that was refused.
        JobRows.hold(transaction, id, order.blobs());
        JobRows.event(transaction, id, now, "queued", Map.of());
        return JobRows.find(transaction, id).orElseThrow().job();
    }

    /** The job of a name. */
    public Optional<Job> find(String id) throws IOException {
        return database.read(transaction -> JobRows.find(transaction, id).map(JobRows.Row::job));
    }

    /**
     * Jobs, those asked for last first.
     *
     * @param states only those in one of these states; all if empty
     * @param before only those asked for before this; all if null
     * @param limit how many at most
     */
    public List<Job> list(Set<JobState> states, @Nullable Instant before, int limit) throws IOException {
        return database.read(transaction -> JobRows.list(transaction, states, before, limit));
    }

    /** How many are in a state. */
    public long count(JobState state) throws IOException {
        return database.read(transaction -> JobRows.count(transaction, state));
    }

    /** Jobs that came to their end after a moment, in the order in which they did. */
    public List<Job> endedAfter(Instant moment) throws IOException {
        return database.read(transaction -> JobRows.endedAfter(transaction, moment));
    }

    /** What happened to a job after the event of this number; all for 0. */
    public List<JobEvent> events(String id, long after) throws IOException {
        return database.read(transaction -> JobRows.events(transaction, id, after));
    }

    /**
     * Calls a job off: one that waits ends at once, one that runs when its worker sees it, within a second or two.
     *
     * @return the job; as it was if it has come to its end already, empty if there is none
     */
    public Optional<Job> cancel(String id, String actor) throws IOException {
        return database.writeRepeatable(transaction -> {
            Instant now = clock.instant();
            JobRows.askToCancel(transaction, id, now);
            Failure called = new Failure("cancelled", "called off by " + actor, List.of());
            if (JobRows.endQueued(transaction, id, Outcome.failed(called), now, now.plus(KEPT))) {
                JobRows.event(transaction, id, now, JobState.CANCELLED.word(), called);
            }
            return JobRows.find(transaction, id).map(JobRows.Row::job);
        });
    }

    /**
     * A worker takes a job. A job whose worker died is taken anew.
     *
     * @param worker who
     * @param isolation how it will be kept apart
     * @return the job, running; empty if there is nothing to do for it any more
     */
    public Optional<Job> begin(String id, String worker, String isolation) throws IOException {
        return database.writeRepeatable(transaction -> {
            Instant now = clock.instant();
            if (!JobRows.begin(transaction, id, worker, isolation, now)) {
                return Optional.<Job>empty();
            }
            Job job = JobRows.find(transaction, id).orElseThrow().job();
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("worker", worker);
            detail.put("isolation", isolation);
            detail.put("attempt", job.attempt());
            JobRows.event(transaction, id, now, "started", detail);
            return Optional.of(job);
        });
    }

    /**
     * Notes that something happened.
     *
     * @param kind the event's kind, see {@link JobEvent}
     * @param detail what becomes its JSON
     */
    public void event(String id, String kind, Object detail) throws IOException {
        database.write(transaction -> {
            JobRows.event(transaction, id, clock.instant(), kind, detail);
            return id;
        });
    }

    /** What a worker has to know about a job that it runs. */
    public enum Standing {
        /** It goes on. */
        OURS,
        /** Somebody has called it off. */
        CALLED_OFF,
        /** Another worker has taken it, or it has come to its end. */
        LOST
    }

    /** How it stands with a job that a worker {@linkplain #begin took}. */
    public Standing standing(Job taken) throws IOException {
        return database.read(transaction -> JobRows.standing(transaction, taken));
    }

    /**
     * A running job goes back to those that wait: what went wrong lies with the machine.
     *
     * @param taken the job as its worker took it
     * @param reason why
     */
    public void giveBack(Job taken, String reason) throws IOException {
        database.writeRepeatable(transaction -> {
            if (JobRows.giveBack(transaction, taken)) {
                JobRows.event(transaction, taken.id(), clock.instant(), "retried", Map.of("reason", reason));
            }
            return taken;
        });
    }

    /** A running job goes back to those that wait, as if nobody had taken it: its worker stops. */
    public void release(Job taken) throws IOException {
        database.writeRepeatable(transaction -> {
            if (JobRows.release(transaction, taken)) {
                JobRows.event(
                        transaction, taken.id(), clock.instant(), "retried", Map.of("reason", "its worker stops"));
            }
            return taken;
        });
    }

    /** Keeps blobs from being collected as long as the job is needed. */
    public void hold(Job taken, Set<Digest> blobs) throws IOException {
        catalogue.hold(holder(taken.id()), blobs, clock.instant().plus(KEPT));
    }

    /** The blobs that are kept for a job: what went in, and what came out in this attempt or one before it. */
    public Set<Digest> held(Job taken) throws IOException {
        return database.read(transaction -> JobRows.held(transaction, taken.id()));
    }

    /**
     * A job comes to its end. If its worker was thought dead and another has taken it since, nothing changes. When this returns, what came out
     * is safe.
     *
     * @param taken the job as its worker took it
     * @return whether it came to its end now
     */
    public boolean end(Job taken, JobState state, Outcome outcome) throws IOException {
        Instant until = clock.instant().plus(KEPT);
        // Before anybody hears of them.
        catalogue.hold(holder(taken.id()), outcome.blobs(), until);
        return database.writeRepeatable(transaction -> {
            Instant now = clock.instant();
            if (!JobRows.end(transaction, taken, state, outcome, now, until)) {
                return false;
            }
            JobRows.event(transaction, taken.id(), now, state.word(), gist(outcome));
            return true;
        });
    }

    /** Offers all jobs that wait to the workers once more; nobody had to die between the order and the offer. */
    public void offerAll() throws IOException {
        for (Job job : list(Set.of(JobState.QUEUED), null, Integer.MAX_VALUE)) {
            queue.offer(job);
        }
    }

    private static Map<String, Object> gist(Outcome outcome) {
        Map<String, Object> gist = new LinkedHashMap<>();
        if (outcome.version() != null) {
            gist.put("version", outcome.version());
        }
        if (outcome.failure() != null) {
            gist.put("kind", outcome.failure().kind());
            gist.put("detail", outcome.failure().detail());
            gist.put("problems", outcome.failure().problems().size());
        }
        return gist;
    }

    /** Who holds the blobs of a job. */
    static String holder(String id) {
        return "job:" + id;
    }

    /** The database's form of a value. */
    static String json(Object value) {
        return EntryJson.toText(value);
    }
}
