package dev.entrepot.server.child;

/** Interrupts a thread when time is short, so that work that can tells where it was; whoever waits ends the process a little later. */
final class Deadline {

    private boolean passed;
    private boolean over;

    private Deadline() {}

    /** Interrupts the thread that calls this. */
    static Deadline ofThisThread(long millis) {
        Deadline deadline = new Deadline();
        Thread worker = Thread.currentThread();
        Thread alarm = new Thread(
                () -> {
                    try {
                        Thread.sleep(millis);
                    } catch (InterruptedException e) {
                        return;
                    }
                    deadline.pass(worker);
                },
                "deadline");
        alarm.setDaemon(true);
        alarm.start();
        return deadline;
    }

    private synchronized void pass(Thread worker) {
        if (!over) {
            passed = true;
            worker.interrupt();
        }
    }

    /** Whether the thread was interrupted. */
    synchronized boolean hasPassed() {
        return passed;
    }

    /** The work is done; what follows must not be interrupted. */
    synchronized void end() {
        over = true;
        // Clears an interrupt that came too late.
        boolean late = Thread.interrupted();
        passed |= late;
    }
}
