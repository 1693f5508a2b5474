package dev.entrepot.server.portal;

import dev.entrepot.server.graph.Outlines;
import dev.entrepot.server.models.Names;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.VersionFile.Role;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.Digest;
import dev.entrepot.zoo.store.OpenBlob;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model's pages: a version with its proof, and its graph. */
@Controller("/models")
@ExecuteOn(TaskExecutors.BLOCKING)
@Produces(MediaType.TEXT_HTML)
@Hidden
final class ModelPages {

    private static final Logger LOG = LoggerFactory.getLogger(ModelPages.class);
    private static final long LARGEST_JSON = 32 << 20;

    private final Catalogue catalogue;
    private final BlobStore blobs;
    private final Outlines outlines;
    private final Pages pages;

    ModelPages(Catalogue catalogue, BlobStore blobs, Outlines outlines, Pages pages) {
        this.catalogue = catalogue;
        this.blobs = blobs;
        this.outlines = outlines;
        this.pages = pages;
    }

    /** The newest version, or the one after {@code @}. */
    @Get("/{namespace}/{name}")
    HttpResponse<String> newest(HttpRequest<?> request, @PathVariable String namespace, @PathVariable String name)
            throws IOException {
        return page(request, Names.version(namespace, name));
    }

    /** A version, by its number, an alias or the digest of its manifest. */
    @Get("/{namespace}/{name}/versions/{version}")
    HttpResponse<String> version(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String name,
            @PathVariable String version)
            throws IOException {
        return page(request, Names.version(namespace, name, version));
    }

    /** A version's graph: all nodes as a list, and drawn where there is a script. */
    @Get("/{namespace}/{name}/versions/{version}/graph")
    HttpResponse<String> graph(@PathVariable String namespace, @PathVariable String name, @PathVariable String version)
            throws IOException {
        Version found = find(Names.version(namespace, name, version));
        return pages.page("graph", new GraphPage(found, outlines.of(found)));
    }

    private Version find(VersionName name) throws IOException {
        return catalogue
                .find(name)
                .orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, "there is no version " + name));
    }

    private HttpResponse<String> page(HttpRequest<?> request, VersionName name) throws IOException {
        Version version = find(name);
        List<ValidationRun> validations = catalogue.validations(version);
        Optional<byte[]> report = validations.isEmpty()
                ? Optional.empty()
                : content(validations.get(0).report());
        return pages.page(
                "model",
                new ModelPage(
                        Address.of(request),
                        version,
                        catalogue.versions(version.model()),
                        Markdown.html(version.record().card().description()),
                        validations,
                        report.map(json -> ReportView.of(EntryJson.tree(json))),
                        recipe(version),
                        catalogue.madeFrom(version.name().toString()),
                        Trial.of(version.record())));
    }

    private Optional<Recipe> recipe(Version version) {
        return version.files().stream()
                .filter(file -> file.role() == Role.RECIPE)
                .findFirst()
                .flatMap(file -> content(file.sha256()))
                .map(json -> EntryJson.read(json, Recipe.class));
    }

    /** A small blob; a page is not refused because one is missing. */
    private Optional<byte[]> content(Digest digest) {
        try (OpenBlob blob = blobs.open(digest)) {
            if (blob.length() > LARGEST_JSON) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) blob.length());
            blob.read(0, bytes);
            return Optional.of(bytes.array());
        } catch (IOException e) {
            LOG.warn("a page lacks {}", digest, e);
            return Optional.empty();
        }
    }
}
