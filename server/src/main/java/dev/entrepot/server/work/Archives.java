package dev.entrepot.server.work;

import dev.entrepot.server.child.ChildEnd;
import dev.entrepot.server.child.ChildLauncher;
import dev.entrepot.server.child.ChildWatch;
import dev.entrepot.server.child.ClassArchive;
import dev.entrepot.server.child.JobFolder;
import dev.entrepot.server.jobs.JobState;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.zoo.WorkFolder;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the archives of classes that let children start sooner, when nothing else is to be done. Each is tried once. */
final class Archives {

    private static final Logger LOG = LoggerFactory.getLogger(Archives.class);

    private final Zoo zoo;
    private final Jobs jobs;
    private final ClassArchive archive;
    private final WorkSettings settings;
    private final BooleanSupplier stopping;
    private final List<Sample> missing =
            new ArrayList<>(List.of(SampleChild.named("digits-caffe"), SampleChild.named("digits-pytorch")));

    Archives(Zoo zoo, Jobs jobs, ClassArchive archive, WorkSettings settings, BooleanSupplier stopping) {
        this.zoo = zoo;
        this.jobs = jobs;
        this.archive = archive;
        this.settings = settings;
        this.stopping = stopping;
    }

    /** Makes the next one that is missing, if no job waits or runs. */
    void makeOne() throws IOException {
        if (missing.isEmpty() || isBusy()) {
            return;
        }
        Sample sample = missing.remove(0);
        try (WorkFolder work = zoo.workFolder()) {
            JobFolder folder = SampleChild.layOut(sample, work.path().resolve("job"), "cpu");
            if (!archive.lacks(folder.order())) {
                return;
            }
            ChildEnd end =
                    archive.make(ChildLauncher.ofProcesses(settings.limits(), Optional.empty()), folder, new Idle());
            LOG.info("an archive of classes from {}: {} {}", sample.name(), end.kind(), end.detail());
        }
    }

    private boolean isBusy() throws IOException {
        return jobs.count(JobState.QUEUED) + jobs.count(JobState.RUNNING) > 0;
    }

    /** Nobody waits for this child. */
    private final class Idle implements ChildWatch {
        @Override
        public void progress(String stage, String text) {
            LOG.debug("{}: {}", stage, text);
        }

        @Override
        public boolean shouldStop() {
            return stopping.getAsBoolean();
        }
    }
}
