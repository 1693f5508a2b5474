package dev.entrepot.server.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobQueue;
import dev.entrepot.zoo.catalogue.Database;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The queue in the database: a task for each job, named by what a worker must be able to do. */
public final class SchedulerQueue implements JobQueue {

    private final SchedulerClient client;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** @param database where jobs are kept */
    public SchedulerQueue(Database database) {
        // Never started: it only writes. Its client commits, which the plain client leaves to its caller.
        this.client = Scheduler.create(database.dataSource(), List.of())
                .commitWhenAutocommitDisabled(true)
                .build();
    }

    /** Has somebody in this process told of every offer, so that no time is lost until workers look by themselves. */
    void onOffer(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void offer(Job job) {
        client.scheduleIfNotExists(new TaskInstance<Void>(job.order().capability(), job.id()), Instant.now());
        listeners.forEach(Runnable::run);
    }
}
