package dev.entrepot.server.portal.jobs;

import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The list of jobs.
 *
 * @param rows the jobs, those asked for last first
 * @param choices the states to choose from
 * @param address this page's own address
 * @param older the address of the jobs before these
 * @param isFirst whether there are none after these
 */
public record JobsPage(List<Row> rows, List<Choice> choices, String address, Optional<String> older, boolean isFirst) {

    static final int SIZE = 25;

    /**
     * A job in the list.
     *
     * @param id its name
     * @param operation what it does, as a word to begin with
     * @param subject what it does it to
     * @param state how far it has come
     * @param submitted when it was asked for
     * @param age how long ago that is
     * @param took how long it ran, or has run so far; empty if it has not
     * @param attempt how often it was begun
     * @param note its gist in a line: the version, or why it failed; may be empty
     */
    public record Row(
            String id,
            String operation,
            String subject,
            JobState state,
            Instant submitted,
            String age,
            String took,
            int attempt,
            String note) {

        static Row of(Job job, Instant now) {
            return new Row(
                    job.id(),
                    Wording.operation(job.order()),
                    job.order().subject(),
                    job.state(),
                    job.submitted(),
                    Wording.ago(job.submitted(), now),
                    Wording.took(job, now),
                    job.attempt(),
                    note(job));
        }

        private static String note(Job job) {
            var outcome = job.outcome();
            if (outcome == null) {
                return "";
            }
            if (outcome.failure() != null) {
                return outcome.failure().detail();
            }
            String version = outcome.version();
            return version == null ? "" : version;
        }
    }

    /**
     * A state to choose.
     *
     * @param title how it is called
     * @param address the address of the list of those in it
     * @param count how many there are
     * @param isChosen whether this is the list
     */
    public record Choice(String title, String address, long count, boolean isChosen) {}

    /** @param found the jobs of this page, and one more if there are more */
    static JobsPage of(
            List<Job> found,
            Map<JobState, Long> counts,
            Optional<JobState> only,
            Optional<Instant> before,
            Instant now) {
        List<Job> shown = found.size() > SIZE ? found.subList(0, SIZE) : found;
        Optional<String> older = found.size() > SIZE
                ? Optional.of(address(only, Optional.of(shown.get(SIZE - 1).submitted())))
                : Optional.empty();
        return new JobsPage(
                shown.stream().map(job -> Row.of(job, now)).toList(),
                choices(counts, only),
                address(only, before),
                older,
                before.isEmpty());
    }

    private static List<Choice> choices(Map<JobState, Long> counts, Optional<JobState> only) {
        List<Choice> choices = new ArrayList<>();
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        choices.add(new Choice("All", address(Optional.empty(), Optional.empty()), all, only.isEmpty()));
        counts.forEach((state, count) -> choices.add(new Choice(
                Wording.state(state),
                address(Optional.of(state), Optional.empty()),
                count,
                only.equals(Optional.of(state)))));
        return choices;
    }

    private static String address(Optional<JobState> only, Optional<Instant> before) {
        List<String> parts = new ArrayList<>();
        only.ifPresent(state -> parts.add("state=" + state.word()));
        before.ifPresent(time -> parts.add("before=" + URLEncoder.encode(time.toString(), StandardCharsets.UTF_8)));
        return "/jobs" + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
    }
}
