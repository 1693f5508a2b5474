package dev.entrepot.server.files;

import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.Digest;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.types.files.StreamedFile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Answers requests for files. They never change under their address, so their digests are their entity tags, and caches may keep them. */
@Singleton
public final class FileAnswers {

    private final BlobStore blobs;

    FileAnswers(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Who else may see a file that somebody was given. */
    public enum Sharing {
        /** Everybody: any cache may keep it, pages of other sites may read it. */
        PUBLIC,
        /** Nobody. */
        PRIVATE
    }

    /**
     * A file.
     *
     * @param path its path, of which the last part becomes the name to save it under
     * @param sha256 its blob
     * @param bytes its length
     */
    public record Served(String path, Digest sha256, long bytes) {
        String tag() {
            return "\"" + sha256.hex() + "\"";
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /**
     * Answers {@code GET} and {@code HEAD}, with {@code If-None-Match}, {@code If-Range} and {@code Range}.
     *
     * @throws dev.entrepot.server.web.ProblemException if the range lies outside of the file
     * @throws IOException if the store fails
     */
    public HttpResponse<?> answer(HttpRequest<?> request, Served file, Sharing sharing) throws IOException {
        if (names(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH), file.tag())) {
            return describe(HttpResponse.notModified(), file, sharing);
        }
        String ifRange = request.getHeaders().get(HttpHeaders.IF_RANGE);
        String range = ifRange == null || ifRange.equals(file.tag())
                ? request.getHeaders().get(HttpHeaders.RANGE)
                : null;
        ByteRange part = ByteRange.of(range, file.bytes());
        MutableHttpResponse<?> response =
                describe(HttpResponse.status(part.isWhole() ? 200 : 206, "OK"), file, sharing);
        if (!part.isWhole()) {
            response.header(HttpHeaders.CONTENT_RANGE, "bytes " + part.from() + "-" + part.to() + "/" + file.bytes());
        }
        if (request.getMethod() == HttpMethod.HEAD) {
            return response.header(HttpHeaders.CONTENT_LENGTH, String.valueOf(part.length()));
        }
        InputStream bytes = new BlobStream(blobs.open(file.sha256()), part.from(), part.length());
        return response.body(new StreamedFile(bytes, MediaType.APPLICATION_OCTET_STREAM_TYPE, 0, part.length()));
    }

    private static <T> MutableHttpResponse<T> describe(MutableHttpResponse<T> response, Served file, Sharing sharing) {
        response.header(HttpHeaders.ETAG, file.tag())
                .header(HttpHeaders.ACCEPT_RANGES, "bytes")
                // A stranger's file is never shown as a page of ours.
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename*=UTF-8''"
                                + URLEncoder.encode(file.name(), StandardCharsets.UTF_8)
                                        .replace("+", "%20"));
        return switch (sharing) {
            case PUBLIC ->
                response.header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                        .header("Access-Control-Allow-Origin", "*")
                        .header("Access-Control-Expose-Headers", "ETag, Content-Range, Accept-Ranges")
                        .header("Cross-Origin-Resource-Policy", "cross-origin");
            case PRIVATE -> response.header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        };
    }

    private static boolean names(@Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(",", -1))
                        .map(word -> word.trim().replaceFirst("^W/", ""))
                        .anyMatch(word -> word.equals("*") || word.equals(tag));
    }
}
