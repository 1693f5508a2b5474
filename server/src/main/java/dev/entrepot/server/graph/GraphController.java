package dev.entrepot.server.graph;

import dev.entrepot.server.models.Names;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.VersionName;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;

/** The graphs of versions, as JSON. */
@Controller("/api/v1/models/{namespace}/{name}/versions/{version}/graph")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Models")
final class GraphController {

    private final Catalogue catalogue;
    private final Outlines outlines;

    GraphController(Catalogue catalogue, Outlines outlines) {
        this.catalogue = catalogue;
        this.outlines = outlines;
    }

    /** A version's graph without its weights. */
    @Get
    HttpResponse<String> graph(@PathVariable String namespace, @PathVariable String name, @PathVariable String version)
            throws IOException {
        VersionName wanted = Names.version(namespace, name, version);
        GraphOutline graph = outlines.of(catalogue
                .find(wanted)
                .orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, "there is no version " + wanted)));
        return HttpResponse.ok(EntryJson.toText(graph)).contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
