package dev.entrepot.server.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.entrepot.server.jobs.Jobs.Standing;
import dev.entrepot.zoo.catalogue.Transaction;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.store.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of jobs and of what happened to them. */
final class JobRows {

    private static final int LONGEST_SUBJECT = 1000;

    private JobRows() {}

    /**
     * A row.
     *
     * @param job the job
     * @param transientFailure whether it failed for a reason that lies with the machine
     */
    record Row(Job job, boolean transientFailure) {
        /** @param forgotten what ended before this has lost its files */
        boolean mayBeTriedAgain(Instant forgotten) {
            Instant ended = job.ended();
            return job.state() == JobState.CANCELLED
                    || job.state() == JobState.FAILED && transientFailure
                    || ended != null && ended.isBefore(forgotten);
        }
    }

    static Optional<Row> find(Transaction transaction, String id) throws SQLException {
        return transaction.first("select * from job where id = ?", JobRows::row, id);
    }

    static long count(Transaction transaction, JobState state) throws SQLException {
        return transaction
                .first("select count(*) from job where state = ?", row -> row.getLong(1), state.word())
                .orElse(0L);
    }

    static List<Job> list(Transaction transaction, Set<JobState> states, @Nullable Instant before, int limit)
            throws SQLException {
        List<Object> arguments = new ArrayList<>();
        StringBuilder where = new StringBuilder(" where 1 = 1");
        if (!states.isEmpty()) {
            where.append(" and state in (")
                    .append(String.join(", ", Collections.nCopies(states.size(), "?")))
                    .append(')');
            states.forEach(state -> arguments.add(state.word()));
        }
        if (before != null) {
            where.append(" and submitted < ?");
            arguments.add(before);
        }
        return transaction.query(
                "select * from job" + where + " order by submitted desc, id fetch first " + Math.max(1, limit)
                        + " rows only",
                row -> row(row).job(),
                arguments.toArray());
    }

    static List<Job> endedAfter(Transaction transaction, Instant moment) throws SQLException {
        return transaction.query("select * from job where ended > ? order by ended, id", row -> row(row).job(), moment);
    }

    static void insert(Transaction transaction, String id, JobOrder order, String actor, Instant now)
            throws SQLException {
        String subject = order.subject();
        transaction.update(
                "insert into job (id, operation, capability, state, subject, content, submitted, submitted_by,"
                        + " attempt, worker, isolation, transient_failure)"
                        + " values (?, ?, ?, 'queued', ?, ?, ?, ?, 0, '', '', false)",
                id,
                order.operation(),
                order.capability(),
                subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT) : subject,
                order.toJson(),
                now,
                actor);
    }

    static void requeue(Transaction transaction, String id, String actor, Instant now) throws SQLException {
        transaction.update(
                "update job set state = 'queued', submitted = ?, submitted_by = ?, started = null, ended = null,"
                        + " attempt = 0, cancel_asked = null, transient_failure = false, outcome = null where id = ?",
                now,
                actor,
                id);
    }

    static boolean begin(Transaction transaction, String id, String worker, String isolation, Instant now)
            throws SQLException {
        return transaction.update(
                        "update job set state = 'running', started = ?, attempt = attempt + 1, worker = ?, isolation = ?"
                                + " where id = ? and state in ('queued', 'running')",
                        now,
                        worker,
                        isolation,
                        id)
                == 1;
    }

    /** Needs a job's files until it has come to its end. */
    static void hold(Transaction transaction, String id, Set<Digest> blobs) throws SQLException {
        transaction.update("delete from blob_hold where holder = ?", Jobs.holder(id));
        for (Digest blob : blobs) {
            transaction.update(
                    "insert into blob_hold (digest, holder, expires) values (?, ?, null)", blob.hex(), Jobs.holder(id));
        }
    }

    static Standing standing(Transaction transaction, Job taken) throws SQLException {
        return transaction
                .first(
                        "select cancel_asked from job where id = ? and state = 'running' and worker = ? and attempt = ?",
                        row -> row.getObject(1) == null ? Standing.OURS : Standing.CALLED_OFF,
                        taken.id(),
                        taken.worker(),
                        taken.attempt())
                .orElse(Standing.LOST);
    }

    static boolean giveBack(Transaction transaction, Job taken) throws SQLException {
        return transaction.update(
                        "update job set state = 'queued' where id = ? and state = 'running' and worker = ? and attempt = ?",
                        taken.id(),
                        taken.worker(),
                        taken.attempt())
                == 1;
    }

    static boolean release(Transaction transaction, Job taken) throws SQLException {
        return transaction.update(
                        "update job set state = 'queued', attempt = attempt - 1"
                                + " where id = ? and state = 'running' and worker = ? and attempt = ?",
                        taken.id(),
                        taken.worker(),
                        taken.attempt())
                == 1;
    }

    static Set<Digest> held(Transaction transaction, String id) throws SQLException {
        return new TreeSet<>(transaction.query(
                "select digest from blob_hold where holder = ?",
                row -> new Digest(row.getString("digest")),
                Jobs.holder(id)));
    }

    static void askToCancel(Transaction transaction, String id, Instant now) throws SQLException {
        transaction.update(
                "update job set cancel_asked = ? where id = ? and state in ('queued', 'running') and cancel_asked is null",
                now,
                id);
    }

    /** A job ends that nobody has taken. */
    static boolean endQueued(Transaction transaction, String id, Outcome outcome, Instant now, Instant heldUntil)
            throws SQLException {
        boolean ended = transaction.update(
                        "update job set state = 'cancelled', ended = ?, transient_failure = true, outcome = ?"
                                + " where id = ? and state = 'queued'",
                        now,
                        Jobs.json(outcome),
                        id)
                == 1;
        return ended && letGo(transaction, id, heldUntil);
    }

    /** A job ends that its worker still has. */
    static boolean end(
            Transaction transaction, Job taken, JobState state, Outcome outcome, Instant now, Instant heldUntil)
            throws SQLException {
        boolean ended = transaction.update(
                        "update job set state = ?, ended = ?, transient_failure = ?, outcome = ?"
                                + " where id = ? and state = 'running' and worker = ? and attempt = ?",
                        state.word(),
                        now,
                        outcome.failure() != null && outcome.failure().isTransient(),
                        Jobs.json(outcome),
                        taken.id(),
                        taken.worker(),
                        taken.attempt())
                == 1;
        return ended && letGo(transaction, taken.id(), heldUntil);
    }

    private static boolean letGo(Transaction transaction, String id, Instant until) throws SQLException {
        transaction.update("update blob_hold set expires = ? where holder = ?", until, Jobs.holder(id));
        return true;
    }

    static void event(Transaction transaction, String id, Instant now, String kind, Object detail) throws SQLException {
        transaction.update(
                "insert into job_event (job_id, seq, happened, kind, detail)"
                        + " select ?, coalesce(max(seq), 0) + 1, ?, ?, ? from job_event where job_id = ?",
                id,
                now,
                kind,
                Jobs.json(detail),
                id);
    }

    static List<JobEvent> events(Transaction transaction, String id, long after) throws SQLException {
        return transaction.query(
                "select * from job_event where job_id = ? and seq > ? order by seq",
                row -> new JobEvent(
                        row.getLong("seq"),
                        Transaction.instant(row, "happened"),
                        row.getString("kind"),
                        EntryJson.read(row.getString("detail"), JsonNode.class)),
                id,
                after);
    }

    private static Row row(ResultSet row) throws SQLException {
        String outcome = row.getString("outcome");
        Job job = new Job(
                row.getString("id"),
                JobOrder.read(row.getString("operation"), row.getString("content")),
                JobState.of(row.getString("state")),
                Transaction.instant(row, "submitted"),
                row.getString("submitted_by"),
                moment(row, "started"),
                moment(row, "ended"),
                row.getInt("attempt"),
                row.getString("worker"),
                row.getString("isolation"),
                moment(row, "cancel_asked"),
                outcome == null ? null : EntryJson.read(outcome, Outcome.class));
        return new Row(job, row.getBoolean("transient_failure"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : Transaction.instant(row, column);
    }
}
