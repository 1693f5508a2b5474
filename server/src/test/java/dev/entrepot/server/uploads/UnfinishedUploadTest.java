package dev.entrepot.server.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.server.Running;
import dev.entrepot.server.config.ServerConfig;
import dev.entrepot.server.config.ServerConfig.Anonymous;
import dev.entrepot.zoo.store.Digest;
import dev.entrepot.zoo.store.FileBlobStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that died between the last byte of an upload and its end. */
class UnfinishedUploadTest {

    @TempDir
    Path data;

    @Test
    void an_upload_whose_last_byte_was_written_down_before_a_crash_becomes_a_blob_when_it_is_asked_for()
            throws Exception {
        byte[] content = {1, 2, 3, 4, 5};
        ServerConfig config = ServerConfig.onLoopback(0, data).withAnonymous(Anonymous.WRITE);
        String path;
        try (Running server = Running.on(config)) {
            path = server.send(server.to("/api/v1/uploads")
                            .header("Tus-Resumable", "1.0.0")
                            .header("Upload-Length", "5")
                            .POST(BodyPublishers.noBody()))
                    .headers()
                    .firstValue("Location")
                    .orElseThrow()
                    .replaceFirst("^http://[^/]*", "");
            server.send(server.to(path)
                    .header("Tus-Resumable", "1.0.0")
                    .header("Upload-Offset", "0")
                    .header("Content-Type", "application/offset+octet-stream")
                    .method("PATCH", BodyPublishers.ofByteArray(Arrays.copyOf(content, 4))));
        }
        // What a server leaves that is killed at this moment.
        String id = path.substring(path.lastIndexOf('/') + 1);
        Files.write(data.resolve("uploads/" + id + ".part"), content);
        Path state = data.resolve("uploads/" + id + ".json");
        String before = Files.readString(state);
        Files.writeString(state, before.replace("\"offset\":4", "\"offset\":5"));
        assertThat(state).content().isNotEqualTo(before);

        try (Running server = Running.on(config)) {
            var head = server.send(
                    server.to(path).header("Tus-Resumable", "1.0.0").method("HEAD", BodyPublishers.noBody()));

            assertThat(head.headers().firstValue("Upload-Offset")).contains("5");
            assertThat(FileBlobStore.open(data.resolve("blobs")).find(Digest.of(content)))
                    .isPresent();
        }
    }
}
