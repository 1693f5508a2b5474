package dev.entrepot.server.tracking;

import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobEvent;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Looks what has happened to a job since the last look. One listener's; looks follow one another. */
final class JobFollower {

    private static final String HELLO = "retry: 1000\n\n";
    private static final String ALIVE = ": alive\n\n";

    private final Jobs jobs;
    private final String id;
    private final int mostSilence;

    private long after;
    private int silence;
    private boolean first = true;
    private volatile boolean ended;

    /**
     * @param after the number of the last event that the listener knows
     * @param mostSilence after how many looks without news the listener is told that the connection is alive
     */
    JobFollower(Jobs jobs, String id, long after, int mostSilence) {
        this.jobs = jobs;
        this.id = id;
        this.after = after;
        this.mostSilence = mostSilence;
    }

    /** Whether nothing more will happen. */
    boolean hasEnded() {
        return ended;
    }

    /** What is to be sent now; perhaps nothing. */
    byte[] look() throws IOException {
        List<JobEvent> news = jobs.events(id, after);
        StringBuilder text = new StringBuilder(first ? HELLO : "");
        for (JobEvent event : news) {
            after = event.seq();
            text.append("id: ").append(event.seq()).append('\n');
            text.append("event: ").append(event.kind()).append('\n');
            text.append("data: ").append(event.detail()).append("\n\n");
        }
        if (first || !news.isEmpty() && isLast(news.get(news.size() - 1))) {
            ended = isOver();
        }
        first = false;
        silence = text.isEmpty() ? silence + 1 : 0;
        if (silence >= mostSilence) {
            silence = 0;
            text.append(ALIVE);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The last event comes with the last state, in one transaction; a job may be taken up again. */
    private boolean isOver() throws IOException {
        return jobs.find(id).map(Job::state).map(JobState::isFinal).orElse(true)
                && jobs.events(id, after).isEmpty();
    }

    private static boolean isLast(JobEvent event) {
        return Arrays.stream(JobState.values())
                .anyMatch(state -> state.isFinal() && state.word().equals(event.kind()));
    }
}
