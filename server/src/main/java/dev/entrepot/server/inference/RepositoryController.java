package dev.entrepot.server.inference;

import dev.entrepot.server.inference.ProtocolJson.Batch;
import dev.entrepot.server.inference.ProtocolJson.Duration;
import dev.entrepot.server.inference.ProtocolJson.IndexEntry;
import dev.entrepot.server.inference.ProtocolJson.IndexRequest;
import dev.entrepot.server.inference.ProtocolJson.ModelStatistics;
import dev.entrepot.server.inference.ProtocolJson.Statistics;
import dev.entrepot.server.inference.ServedModels.Listing;
import dev.entrepot.server.sessions.ModelStatistics.Snapshot;
import dev.entrepot.server.sessions.ModelStatistics.Times;
import dev.entrepot.server.sessions.SessionPool;
import dev.entrepot.server.sessions.WarmModel;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which models there are, which are loaded, and what they were asked. Source: Triton's model_repository and statistics extensions. */
@Controller("/v2")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Inference")
final class RepositoryController {

    private final ServedModels models;
    private final SessionPool pool;

    RepositoryController(ServedModels models, SessionPool pool) {
        this.models = models;
        this.pool = pool;
    }

    /** All models; a model that is not loaded is loaded when it is first asked for, and counts as unavailable until then. */
    @Post("/repository/index")
    List<IndexEntry> index(@Body @Nullable IndexRequest request) throws IOException {
        boolean onlyReady = request != null && Boolean.TRUE.equals(request.ready());
        List<IndexEntry> entries = new ArrayList<>();
        for (Listing listing : models.list()) {
            Optional<ServedModel> served = models.find(listing.name(), Optional.of(listing.version()));
            boolean loaded = served.isPresent()
                    && pool.loaded(served.get().model().key()).isPresent();
            if (loaded || !onlyReady) {
                entries.add(new IndexEntry(
                        listing.name(),
                        listing.version(),
                        loaded ? "READY" : "UNAVAILABLE",
                        loaded ? "" : "loaded when asked for"));
            }
        }
        return entries;
    }

    /** Loads a model, so that the first who asks need not wait. */
    @Post(uris = {"/repository/models/{model}/load", "/repository/models/{namespace}/{model}/load"})
    HttpResponse<?> load(@PathVariable Optional<String> namespace, @PathVariable String model) throws IOException {
        pool.lease(find(namespace, model, Optional.empty()).model()).close();
        return HttpResponse.ok();
    }

    /** Puts a model away. */
    @Post(uris = {"/repository/models/{model}/unload", "/repository/models/{namespace}/{model}/unload"})
    HttpResponse<?> unload(@PathVariable Optional<String> namespace, @PathVariable String model) throws IOException {
        pool.unload(find(namespace, model, Optional.empty()).model().key());
        return HttpResponse.ok();
    }

    /** What the loaded models were asked since they were loaded. */
    @Get(
            uris = {
                "/models/stats",
                "/models/{model}/stats",
                "/models/{model}/versions/{version}/stats",
                "/models/{namespace}/{model}/stats",
                "/models/{namespace}/{model}/versions/{version}/stats"
            })
    Statistics statistics(
            @PathVariable Optional<String> namespace,
            @PathVariable Optional<String> model,
            @PathVariable Optional<String> version)
            throws IOException {
        List<ModelStatistics> found = new ArrayList<>();
        for (ServedModel served : asked(namespace, model, version)) {
            Optional<WarmModel> loaded = pool.loaded(served.model().key());
            loaded.ifPresent(
                    warm -> found.add(statistics(served, warm.statistics().snapshot())));
        }
        return new Statistics(found);
    }

    private List<ServedModel> asked(Optional<String> namespace, Optional<String> model, Optional<String> version)
            throws IOException {
        if (model.isPresent()) {
            return List.of(find(namespace, model.get(), version));
        }
        List<ServedModel> all = new ArrayList<>();
        for (Listing listing : models.list()) {
            models.find(listing.name(), Optional.of(listing.version())).ifPresent(all::add);
        }
        return all;
    }

    private ServedModel find(Optional<String> namespace, String model, Optional<String> version) throws IOException {
        String name = namespace.map(space -> space + "/" + model).orElse(model);
        return models.find(name, version)
                .orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, "there is no model \"" + name + "\""));
    }

    private static ModelStatistics statistics(ServedModel served, Snapshot counts) {
        Map<String, Duration> times = new LinkedHashMap<>();
        times.put("success", duration(counts.success()));
        times.put("fail", duration(counts.fail()));
        times.put("queue", duration(counts.queue()));
        times.put("compute_infer", duration(counts.compute()));
        List<Batch> batches = counts.batches().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(batch -> new Batch(batch.getKey(), duration(batch.getValue())))
                .toList();
        return new ModelStatistics(
                served.name(),
                served.version(),
                counts.lastInference(),
                counts.inferences(),
                counts.executions(),
                times,
                batches);
    }

    private static Duration duration(Times times) {
        return new Duration(times.count(), times.ns());
    }
}
