package dev.entrepot.server.web;

import jakarta.inject.Singleton;
import java.time.Duration;

/** Counts the requests that are being answered, so that stopping can wait for them. */
@Singleton
public final class Drain {

    private int open;
    private boolean draining;

    /** A request begins; false where no more are taken. */
    synchronized boolean enter() {
        if (draining) {
            return false;
        }
        open++;
        return true;
    }

    /** A request that entered has been answered. */
    synchronized void leave() {
        open--;
        notifyAll();
    }

    /** Whether the server is about to stop. */
    public synchronized boolean isDraining() {
        return draining;
    }

    /**
     * Takes no more requests and waits until the open ones are answered.
     *
     * @param limit how long to wait at most
     */
    public synchronized void drain(Duration limit) {
        draining = true;
        long end = System.nanoTime() + limit.toNanos();
        try {
            for (long left = limit.toMillis(); open > 0 && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
