package dev.entrepot.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.server.child.ChildLauncher;
import dev.entrepot.server.child.ChildLimits;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobOrder.Conversion;
import dev.entrepot.server.jobs.JobOrder.Destination;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.recipe.ConverterVersion;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A zoo with jobs in a folder, and workers when they are wanted. */
final class Workplace implements AutoCloseable {

    private final Zoo zoo;
    private final SchedulerQueue queue;
    private final Jobs jobs;
    private final List<Workers> workers = new ArrayList<>();

    Workplace(Path data) throws IOException {
        this(data, 1000);
    }

    Workplace(Path data, long bound) throws IOException {
        this.zoo = Zoo.open(data);
        this.queue = new SchedulerQueue(zoo.database());
        this.jobs = new Jobs(
                zoo.database(),
                zoo.catalogue(),
                zoo.blobs(),
                queue,
                zoo.settings().clock(),
                bound);
    }

    /** How this machine lets children be kept apart: not everywhere is there bubblewrap. */
    static String bestIsolation() {
        return ChildLauncher.best(ChildLimits.DEFAULT, Optional.empty())
                .isolation()
                .word();
    }

    Zoo zoo() {
        return zoo;
    }

    Jobs jobs() {
        return jobs;
    }

    Workers work(WorkSettings settings) {
        Workers started = Workers.start(zoo, jobs, queue, settings);
        workers.add(started);
        return started;
    }

    /** The sample of a name as an order, its files in the store. */
    Conversion sample(String name, Path folder, @Nullable String model) throws IOException {
        Sample sample = SampleChild.named(name);
        ImportRequest request = ImportRequest.of(
                sample.unpackSources(folder),
                new ImportOptions(sample.inputs(), Missing.REFUSE, Unused.REFUSE),
                sample.unpackReference(folder));
        Recipe recipe = Recipe.of(request);
        for (Source source : recipe.sources()) {
            zoo.blobs().put(request.file(Recipe.SOURCE_FOLDER + source.path()));
        }
        for (Source source : recipe.reference()) {
            zoo.blobs().put(request.file(Recipe.REFERENCE_FOLDER + source.path()));
        }
        return new Conversion(
                recipe,
                model == null ? null : new Destination(ModelName.parse(model), sample.card(), List.of("stable")));
    }

    /** Caffe's digits with the inputs and outputs of PyTorch's: two networks of the same ports. */
    Conversion unproven(Path folder, String model) throws IOException {
        Conversion caffe = sample("digits-caffe", folder.resolve("caffe"), model);
        Recipe own = caffe.recipe();
        Recipe other =
                sample("digits-chainer", folder.resolve("chainer"), model).recipe();
        Recipe mixed = new Recipe(
                own.schema(),
                own.converter(),
                own.framework(),
                own.sources(),
                own.inputs(),
                own.missing(),
                own.unused(),
                own.weightsKey(),
                own.stripPrefix(),
                own.opset(),
                own.externalData(),
                other.reference());
        return new Conversion(mixed, caffe.destination());
    }

    /** An order to convert some texts, whose first is Python source. */
    Conversion source(Map<String, byte[]> files, String python, String expression) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            sources.add(new Source(
                    file.getKey(),
                    file.getKey().equals(python) ? expression : "",
                    zoo.blobs().put(file.getValue()).digest()));
        }
        Recipe recipe = new Recipe(
                Recipe.SCHEMA,
                ConverterVersion.current(),
                "",
                sources,
                List.of(new Recipe.Input("x", "float32", List.of("1", "4"), null)),
                "refuse",
                "refuse",
                "",
                "",
                20,
                "when_too_large",
                List.of());
        return new Conversion(recipe, null);
    }

    /** The job once it has come to its end. */
    Job end(String id, Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Job job = jobs.find(id).orElseThrow();
        while (!job.state().isFinal() && System.nanoTime() < end) {
            Thread.sleep(50);
            job = jobs.find(id).orElseThrow();
        }
        assertThat(job.state().isFinal()).as("%s after %s", job, limit).isTrue();
        return job;
    }

    @Override
    public void close() {
        workers.forEach(Workers::close);
        zoo.close();
    }
}
