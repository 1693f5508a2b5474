package dev.entrepot.server.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.entrepot.server.child.ClassArchive;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.zoo.Zoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs and does them, as long as it is open. */
public final class Workers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    private static final long SWEEP_SECONDS = 15;

    private final String name;
    private final Zoo zoo;
    private final Jobs jobs;
    private final SchedulerQueue queue;
    private final WorkSettings settings;
    private final Launch launch;
    private final JobRun run;
    private final Optional<Archives> archives;
    private final List<Scheduler> schedulers = new ArrayList<>();
    private final ScheduledExecutorService sweeper;
    private volatile boolean stopping;
    private volatile boolean isClosed;

    private Workers(Zoo zoo, Jobs jobs, SchedulerQueue queue, WorkSettings settings) {
        this.name = uniqueName();
        this.zoo = zoo;
        this.jobs = jobs;
        this.queue = queue;
        this.settings = settings;
        Optional<ClassArchive> archive = ClassArchive.in(zoo.settings().data().resolve("cache"));
        this.launch = new Launch(settings, archive);
        this.archives = archive.map(found -> new Archives(zoo, jobs, found, settings, () -> isClosed));
        this.run = new JobRun(jobs, zoo, launch, name, settings.attempts(), () -> stopping);
        this.sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "job-sweep");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to work, and offers what waits once more. */
    public static Workers start(Zoo zoo, Jobs jobs, SchedulerQueue queue, WorkSettings settings) {
        Workers workers = new Workers(zoo, jobs, queue, settings);
        workers.start();
        return workers;
    }

    private void start() {
        sweeper.scheduleWithFixedDelay(this::sweep, 0, SWEEP_SECONDS, TimeUnit.SECONDS);
        if (settings.jobs() == 0) {
            return;
        }
        List<String> sure = new ArrayList<>(settings.capabilities());
        boolean mayHaveCuda = sure.remove(WorkSettings.VALIDATE_CUDA);
        work(sure, settings.jobs());
        if (mayHaveCuda && CudaProbe.isWorthwhile()) {
            sweeper.execute(this::tryCuda);
        }
        sweeper.scheduleWithFixedDelay(this::makeArchives, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    private void tryCuda() {
        if (new CudaProbe(zoo, launch, () -> isClosed).works()) {
            // One at a time: a card's memory is not shared well.
            work(List.of(WorkSettings.VALIDATE_CUDA), 1);
        }
    }

    private synchronized void work(List<String> capabilities, int atOnce) {
        if (isClosed) {
            return;
        }
        List<Task<?>> tasks = new ArrayList<>();
        capabilities.forEach(capability -> tasks.add(task(capability, run)));
        Scheduler scheduler = Scheduler.create(zoo.database().dataSource(), tasks)
                .schedulerName(new SchedulerName.Fixed(name + (schedulers.isEmpty() ? "" : "-" + schedulers.size())))
                .threads(atOnce)
                .pollingInterval(POLL)
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                // A job that no worker here can do waits for one that can.
                .deleteUnresolvedAfter(FOR_EVER)
                .shutdownMaxWait(settings.drain().plusSeconds(10))
                .commitWhenAutocommitDisabled(true)
                .build();
        schedulers.add(scheduler);
        queue.onOffer(scheduler::triggerCheckForDueExecutions);
        scheduler.start();
        LOG.info("worker {} does {} jobs at once of {}", name, atOnce, capabilities);
    }

    /** Its name, which no other worker has or had. */
    public String name() {
        return name;
    }

    private static String uniqueName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        return host + "-" + ProcessHandle.current().pid() + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt());
    }

    private static Task<Void> task(String capability, JobRun run) {
        return Tasks.custom(capability, Void.class)
                .onFailure(Workers::again)
                .onDeadExecution((complete, operations) -> operations.reschedule(complete, Instant.now()))
                .execute((instance, context) -> completion(run, instance.getId()));
    }

    private static CompletionHandler<Void> completion(JobRun run, String id) {
        try {
            Optional<Duration> again = run.run(id);
            return again.<CompletionHandler<Void>>map(pause -> (complete, operations) ->
                            operations.reschedule(complete, Instant.now().plus(pause)))
                    .orElseGet(CompletionHandler.OnCompleteRemove::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void again(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        operations.reschedule(complete, Instant.now().plus(PAUSE_AFTER_FAILURE));
    }

    private void sweep() {
        try {
            jobs.offerAll();
            JobSpace.sweep(zoo.settings().work(), jobs);
        } catch (IOException | RuntimeException e) {
            LOG.warn("not all was swept: {}", e.getMessage());
        }
    }

    private void makeArchives() {
        if (archives.isEmpty()) {
            return;
        }
        try {
            archives.get().makeOne();
        } catch (IOException | RuntimeException e) {
            LOG.warn("no archive of classes was made: {}", e.getMessage());
        }
    }

    /** Takes no more jobs, lets those that run end within the time for that, and gives the rest back. */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        sweeper.shutdownNow();
        ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor();
        alarm.schedule(() -> stopping = true, settings.drain().toMillis(), TimeUnit.MILLISECONDS);
        try {
            schedulers.forEach(Scheduler::stop);
        } finally {
            alarm.shutdownNow();
        }
    }
}
