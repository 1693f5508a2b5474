package dev.entrepot.server.models;

import dev.entrepot.server.files.FileAnswers;
import dev.entrepot.server.files.FileAnswers.Served;
import dev.entrepot.server.files.FileAnswers.Sharing;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionName;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;

/** The files of versions. They never change, so their digests are their entity tags, and any cache may keep them. */
@Controller("/api/v1/models/{namespace}/{name}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Models")
final class FilesController {

    private final Catalogue catalogue;
    private final FileAnswers answers;

    FilesController(Catalogue catalogue, FileAnswers answers) {
        this.catalogue = catalogue;
        this.answers = answers;
    }

    /** A file of the newest version, or of the one after {@code @}. */
    @Get(value = "/files/{+path}", headRoute = false)
    HttpResponse<?> newest(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String name,
            @PathVariable String path)
            throws IOException {
        return file(request, Names.version(namespace, name), path);
    }

    /** Its headers. */
    @Head("/files/{+path}")
    HttpResponse<?> newestHeaders(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String name,
            @PathVariable String path)
            throws IOException {
        return file(request, Names.version(namespace, name), path);
    }

    /** A file of a version. */
    @Get(value = "/versions/{version}/files/{+path}", headRoute = false)
    HttpResponse<?> ofVersion(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String name,
            @PathVariable String version,
            @PathVariable String path)
            throws IOException {
        return file(request, Names.version(namespace, name, version), path);
    }

    /** Its headers. */
    @Head("/versions/{version}/files/{+path}")
    HttpResponse<?> headersOfVersion(
            HttpRequest<?> request,
            @PathVariable String namespace,
            @PathVariable String name,
            @PathVariable String version,
            @PathVariable String path)
            throws IOException {
        return file(request, Names.version(namespace, name, version), path);
    }

    private HttpResponse<?> file(HttpRequest<?> request, VersionName name, String path) throws IOException {
        Version version = catalogue.find(name).orElseThrow(() -> ModelsController.missing(name));
        VersionFile file = version.content()
                .file(path)
                .orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, name + " has no such file"));
        return answers.answer(request, new Served(file.path(), file.sha256(), file.bytes()), Sharing.PUBLIC);
    }
}
