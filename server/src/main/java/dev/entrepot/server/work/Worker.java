package dev.entrepot.server.work;

import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.ZooSettings;
import java.io.IOException;

/** A worker in a process of its own: it shares the database and the store with the server, and nothing else. */
public final class Worker implements AutoCloseable {

    private final Zoo zoo;
    private final Workers workers;

    private Worker(Zoo zoo, Workers workers) {
        this.zoo = zoo;
        this.workers = workers;
    }

    /**
     * Starts it.
     *
     * @throws IOException if the zoo cannot be opened
     */
    public static Worker start(ZooSettings settings, WorkSettings work) throws IOException {
        Zoo zoo = Zoo.open(settings);
        try {
            SchedulerQueue queue = new SchedulerQueue(zoo.database());
            // It orders nothing, so no bound applies to it.
            Jobs jobs = new Jobs(zoo.database(), zoo.catalogue(), zoo.blobs(), queue, settings.clock(), Long.MAX_VALUE);
            return new Worker(zoo, Workers.start(zoo, jobs, queue, work));
        } catch (RuntimeException e) {
            zoo.close();
            throw e;
        }
    }

    /** Its name. */
    public String name() {
        return workers.name();
    }

    @Override
    public void close() {
        workers.close();
        zoo.close();
    }
}
