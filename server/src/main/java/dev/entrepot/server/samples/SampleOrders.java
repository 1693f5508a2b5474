package dev.entrepot.server.samples;

import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Samples;
import dev.entrepot.server.jobs.Job;
import dev.entrepot.server.jobs.JobOrder.Conversion;
import dev.entrepot.server.jobs.JobOrder.Destination;
import dev.entrepot.server.jobs.Jobs;
import dev.entrepot.zoo.SampleImport;
import dev.entrepot.zoo.WorkFolder;
import dev.entrepot.zoo.Zoo;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import dev.entrepot.zoo.sample.Sample;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Orders the bundled models that have never come in, once the server answers. */
@Singleton
final class SampleOrders implements ApplicationEventListener<ServerStartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(SampleOrders.class);
    private static final String ACTOR = "system";

    private final ServerConfig config;
    private final Zoo zoo;
    private final Jobs jobs;
    private final ExecutorService background;
    private final Map<String, String> ordered = new ConcurrentHashMap<>();

    SampleOrders(ServerConfig config, Zoo zoo, Jobs jobs, @Named(TaskExecutors.BLOCKING) ExecutorService background) {
        this.config = config;
        this.zoo = zoo;
        this.jobs = jobs;
        this.background = background;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent started) {
        if (config.samples() == Samples.IMPORT) {
            background.execute(this::orderAll);
        }
    }

    /** The jobs that were ordered, by the models' names. */
    Map<String, String> ordered() {
        return Map.copyOf(ordered);
    }

    private void orderAll() {
        for (Sample sample : Sample.ALL) {
            try {
                order(sample);
            } catch (IOException | RuntimeException e) {
                // The server is of use without its samples; the next start tries again.
                LOG.warn("{} does not come in", sample.name(), e);
            }
        }
    }

    private void order(Sample sample) throws IOException {
        try (WorkFolder work = zoo.workFolder()) {
            ImportRequest request = SampleImport.request(sample, work.path());
            Recipe recipe = Recipe.of(request);
            if (SampleImport.isKnown(zoo, sample, recipe)) {
                return;
            }
            store(request, Recipe.SOURCE_FOLDER, recipe.sources());
            store(request, Recipe.REFERENCE_FOLDER, recipe.reference());
            Destination destination = new Destination(sample.modelName(), sample.card(), List.of());
            Job job = jobs.submit(new Conversion(recipe, destination), ACTOR);
            ordered.put(sample.name(), job.id());
        }
    }

    private void store(ImportRequest request, String folder, List<Source> files) throws IOException {
        for (Source file : files) {
            zoo.blobs().put(request.file(folder + file.path()));
        }
    }
}
