package dev.entrepot.server.uploads;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The headers of tus 1.0. Source: https://tus.io/protocols/resumable-upload, "Headers". */
final class TusHeaders {

    static final String RESUMABLE = "Tus-Resumable";
    static final String VERSION = "1.0.0";
    static final String CONTENT_TYPE = "application/offset+octet-stream";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String METADATA = "Upload-Metadata";
    static final String CHECKSUM = "Upload-Checksum";
    static final String EXPIRES = "Upload-Expires";

    /** Ours: the digest of the blob that a whole upload has become. */
    static final String DIGEST = "Upload-Digest";

    private static final int MOST_METADATA = 16;

    private TusHeaders() {}

    static void requireVersion(HttpRequest<?> request) {
        String version = request.getHeaders().get(RESUMABLE);
        if (!VERSION.equals(version)) {
            throw new ProblemException(
                    Kind.PRECONDITION_FAILED,
                    RESUMABLE + " must be " + VERSION + ", found " + version,
                    Map.of("Tus-Version", VERSION, RESUMABLE, VERSION));
        }
    }

    static long number(HttpRequest<?> request, String header) {
        String text = request.getHeaders().get(header);
        try {
            long value = Long.parseLong(String.valueOf(text));
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with the negative ones.
        }
        throw new ProblemException(Kind.BAD_REQUEST, header + " must be a number of bytes, found " + text);
    }

    /** {@code filename ZGlnaXRz,is_private} as a map; values are Base64. */
    static Map<String, String> metadata(HttpRequest<?> request) {
        Map<String, String> metadata = new LinkedHashMap<>();
        String header = request.getHeaders().get(METADATA);
        if (header == null || header.isBlank()) {
            return metadata;
        }
        for (String pair : header.split(",", -1)) {
            String[] words = pair.trim().split(" ", -1);
            try {
                String value = words.length < 2
                        ? ""
                        : new String(Base64.getDecoder().decode(words[1]), StandardCharsets.UTF_8);
                if (words[0].isEmpty() || words.length > 2 || metadata.put(words[0], value) != null) {
                    throw badMetadata();
                }
            } catch (IllegalArgumentException e) {
                throw badMetadata();
            }
        }
        if (metadata.size() > MOST_METADATA) {
            throw badMetadata();
        }
        return metadata;
    }

    private static ProblemException badMetadata() {
        return new ProblemException(
                Kind.BAD_REQUEST,
                METADATA + " must be up to " + MOST_METADATA + " pairs of a key and a Base64 value, divided by commas");
    }

    static <T> MutableHttpResponse<T> describe(MutableHttpResponse<T> response, Upload upload) {
        response.header(RESUMABLE, VERSION)
                .header(OFFSET, String.valueOf(upload.offset()))
                .header(
                        EXPIRES,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                upload.expires().atZone(ZoneOffset.UTC)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (upload.sha256() != null) {
            response.header(DIGEST, "sha256:" + upload.sha256());
        }
        return response;
    }

    static String metadata(Map<String, String> metadata) {
        return new TreeMap<>(metadata)
                .entrySet().stream()
                        .map(pair -> pair.getKey() + " "
                                + Base64.getEncoder()
                                        .encodeToString(pair.getValue().getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.joining(","));
    }
}
