package dev.entrepot.server.models;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.store.BlobStore;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The files of versions. They never change, so their digests are their entity tags, and any cache may keep them. */
@Controller("/api/v1/models/{namespace}/{name}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Models")
final class FilesController {

    private final Catalogue catalogue;
    private final BlobStore blobs;

    FilesController(Catalogue catalogue, BlobStore blobs) {
        this.catalogue = catalogue;
        this.blobs = blobs;
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
        String tag = "\"" + file.sha256().hex() + "\"";
        if (names(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH), tag)) {
            return describe(HttpResponse.notModified(), file, tag);
        }
        String ifRange = request.getHeaders().get(HttpHeaders.IF_RANGE);
        String range =
                ifRange == null || ifRange.equals(tag) ? request.getHeaders().get(HttpHeaders.RANGE) : null;
        ByteRange part = ByteRange.of(range, file.bytes());
        MutableHttpResponse<?> response = describe(HttpResponse.status(part.isWhole() ? 200 : 206, "OK"), file, tag);
        if (!part.isWhole()) {
            response.header(HttpHeaders.CONTENT_RANGE, "bytes " + part.from() + "-" + part.to() + "/" + file.bytes());
        }
        if (request.getMethod() == HttpMethod.HEAD) {
            return response.header(HttpHeaders.CONTENT_LENGTH, String.valueOf(part.length()));
        }
        InputStream bytes = new BlobStream(blobs.open(file.sha256()), part.from(), part.length());
        return response.body(new StreamedFile(bytes, MediaType.APPLICATION_OCTET_STREAM_TYPE, 0, part.length()));
    }

    private static <T> MutableHttpResponse<T> describe(MutableHttpResponse<T> response, VersionFile file, String tag) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", "ETag, Content-Range, Accept-Ranges")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                // A stranger's file is never shown as a page of ours.
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename*=UTF-8''" + encoded(name));
    }

    private static String encoded(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static boolean names(@io.micronaut.core.annotation.Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(",", -1))
                        .map(word -> word.trim().replaceFirst("^W/", ""))
                        .anyMatch(word -> word.equals("*") || word.equals(tag));
    }
}
