package dev.entrepot.server.uploads;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Head;
import io.micronaut.http.annotation.Options;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Uploads by tus 1.0, and by one plain POST for those who need no resuming. */
@Controller("/api/v1/uploads")
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Uploads", description = "Files on their way in; tus 1.0")
final class UploadController {

    private static final String ANYBODY = "anonymous";

    private final Uploads uploads;

    UploadController(Uploads uploads) {
        this.uploads = uploads;
    }

    /** What this server can do. */
    @Options(uris = {"/", "/{id}"})
    HttpResponse<?> options(@PathVariable Optional<String> id) {
        return HttpResponse.noContent()
                .header(TusHeaders.RESUMABLE, TusHeaders.VERSION)
                .header("Tus-Version", TusHeaders.VERSION)
                .header("Tus-Extension", "creation,creation-with-upload,checksum,expiration,termination")
                .header("Tus-Checksum-Algorithm", "sha1,sha256")
                .header("Tus-Max-Size", String.valueOf(uploads.longest()));
    }

    /** Begins an upload. Without {@code Tus-Resumable} the body is the whole file, and {@code name} its name. */
    @Post("/")
    @Consumes(MediaType.ALL)
    HttpResponse<?> create(HttpRequest<?> request, @QueryValue Optional<String> name, @Body @Nullable InputStream body)
            throws IOException {
        if (!request.getHeaders().contains(TusHeaders.RESUMABLE)) {
            return whole(request, name, body);
        }
        TusHeaders.requireVersion(request);
        long length = TusHeaders.number(request, TusHeaders.LENGTH);
        Upload upload = uploads.create(length, TusHeaders.metadata(request), owner(request));
        long here = request.getContentLength();
        if (here > 0 && isPiece(request) && body != null) {
            upload = append(request, upload.id(), 0, body);
        }
        return TusHeaders.describe(HttpResponse.created(place(upload)), upload);
    }

    private HttpResponse<?> whole(HttpRequest<?> request, Optional<String> name, @Nullable InputStream body)
            throws IOException {
        long length = request.getContentLength();
        if (length < 0 || body == null) {
            throw new ProblemException(Kind.BAD_REQUEST, "a plain upload needs a body and its Content-Length");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        name.ifPresent(given -> metadata.put("filename", given));
        Upload upload = uploads.create(length, metadata, owner(request));
        if (length > 0) {
            upload = append(request, upload.id(), 0, body);
        }
        return TusHeaders.describe(HttpResponse.created(upload, place(upload)), upload);
    }

    /** How far an upload has come. */
    @Head("/{id}")
    HttpResponse<?> offset(HttpRequest<?> request, @PathVariable String id) throws IOException {
        TusHeaders.requireVersion(request);
        Upload upload = uploads.get(id);
        MutableHttpResponse<?> response = TusHeaders.describe(HttpResponse.ok(), upload)
                .header(TusHeaders.LENGTH, String.valueOf(upload.length()));
        if (!upload.metadata().isEmpty()) {
            response.header(TusHeaders.METADATA, TusHeaders.metadata(upload.metadata()));
        }
        return response;
    }

    /** An upload as JSON; once it is whole, with its digest. */
    @Get(value = "/{id}", headRoute = false)
    Upload get(@PathVariable String id) throws IOException {
        return uploads.find(id).orElseThrow(() -> new ProblemException(Kind.NOT_FOUND, "there is no such upload"));
    }

    /** The next bytes of a file. */
    @Patch("/{id}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> append(HttpRequest<?> request, @PathVariable String id, @Body @Nullable InputStream body)
            throws IOException {
        TusHeaders.requireVersion(request);
        if (!isPiece(request)) {
            throw new ProblemException(Kind.UNSUPPORTED_MEDIA_TYPE, "Content-Type must be " + TusHeaders.CONTENT_TYPE);
        }
        long offset = TusHeaders.number(request, TusHeaders.OFFSET);
        Upload upload = append(request, id, offset, body == null ? InputStream.nullInputStream() : body);
        return TusHeaders.describe(HttpResponse.noContent(), upload);
    }

    /** The methods that some clients cannot send, as {@code X-HTTP-Method-Override} tells them. */
    @Post("/{id}")
    @Consumes(MediaType.ALL)
    HttpResponse<?> overridden(HttpRequest<?> request, @PathVariable String id, @Body @Nullable InputStream body)
            throws IOException {
        return switch (String.valueOf(request.getHeaders().get("X-HTTP-Method-Override"))) {
            case "PATCH" -> append(request, id, body);
            case "DELETE" -> delete(request, id);
            default -> throw new ProblemException(Kind.METHOD_NOT_ALLOWED, "an upload is continued with PATCH");
        };
    }

    /** Forgets an upload. */
    @Delete("/{id}")
    HttpResponse<?> delete(HttpRequest<?> request, @PathVariable String id) throws IOException {
        TusHeaders.requireVersion(request);
        uploads.delete(id);
        return HttpResponse.noContent().header(TusHeaders.RESUMABLE, TusHeaders.VERSION);
    }

    private Upload append(HttpRequest<?> request, String id, long offset, InputStream body) throws IOException {
        Optional<String> checksum = Optional.ofNullable(request.getHeaders().get(TusHeaders.CHECKSUM));
        try (body) {
            return uploads.append(id, offset, checksum, body, request.getContentLength());
        }
    }

    private static boolean isPiece(HttpRequest<?> request) {
        return TusHeaders.CONTENT_TYPE.equals(request.getHeaders().get(HttpHeaders.CONTENT_TYPE));
    }

    private static String owner(HttpRequest<?> request) {
        return request.getUserPrincipal().map(java.security.Principal::getName).orElse(ANYBODY);
    }

    private static URI place(Upload upload) {
        return URI.create("/api/v1/uploads/" + upload.id());
    }
}
