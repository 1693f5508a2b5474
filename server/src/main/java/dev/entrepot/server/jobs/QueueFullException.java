package dev.entrepot.server.jobs;

import java.io.IOException;

/** As many jobs wait as may; another has to be asked for later. */
public final class QueueFullException extends IOException {

    private static final long serialVersionUID = 1L;

    QueueFullException(long bound) {
        super(bound + " jobs are waiting, which is as many as may");
    }
}
