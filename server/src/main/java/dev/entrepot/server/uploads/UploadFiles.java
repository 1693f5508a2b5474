package dev.entrepot.server.uploads;

import dev.entrepot.bytes.AtomicFile;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Uploads on the disk: {@code ID.part} holds the bytes, {@code ID.json} what is known. Only what the second says of the first is true: bytes beyond its
 * offset were never acknowledged.
 */
final class UploadFiles {

    private final Path folder;
    private final ObjectMapper json;

    UploadFiles(Path folder, ObjectMapper json) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.json = json;
    }

    Path folder() {
        return folder;
    }

    Path bytes(String id) {
        return folder.resolve(id + ".part");
    }

    private Path state(String id) {
        return folder.resolve(id + ".json");
    }

    Optional<Upload> read(String id) throws IOException {
        try {
            return Optional.ofNullable(json.readValue(Files.readAllBytes(state(id)), Upload.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Writes what is known, safe on the disk when this returns. */
    void write(Upload upload) throws IOException {
        byte[] bytes = json.writeValueAsBytes(upload);
        AtomicFile.write(state(upload.id()), out -> {
            ByteBuffer all = ByteBuffer.wrap(bytes);
            while (all.hasRemaining()) {
                out.write(all);
            }
        });
    }

    /** The file of the bytes, cut to what was acknowledged. */
    FileChannel open(Upload upload) throws IOException {
        FileChannel channel = FileChannel.open(bytes(upload.id()), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.truncate(upload.offset()).position(upload.offset());
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void delete(String id) throws IOException {
        Files.deleteIfExists(state(id));
        Files.deleteIfExists(bytes(id));
    }

    List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".json"))
                    .forEach(name -> ids.add(name.substring(0, name.length() - ".json".length())));
        }
        return ids;
    }

    long usableSpace() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }
}
