package dev.entrepot.server.jobs;

/** Tells workers of jobs. */
@FunctionalInterface
public interface JobQueue {

    /** A job waits; told again, it makes no difference. */
    void offer(Job job);
}
