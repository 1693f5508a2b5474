package dev.entrepot.formats.torch.exported;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.torch.TorchFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The programs that tools/torch-programs.py had genuine PyTorch export. */
final class Programs {

    private static final Path FOLDER = Path.of("src/test/resources/dev/entrepot/formats/torch/exported");

    private Programs() {}

    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pt2"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TorchFile file(String name) {
        try {
            return TorchFile.read(ByteSource.of(name, Files.readAllBytes(FOLDER.resolve(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ExportedProgram read(String name) {
        return ExportedProgram.read(file(name));
    }

    /** The document of a program as text. */
    static String document(String name) {
        try {
            ByteSource document = file(name).documents().values().iterator().next();
            return new String(document.readAll(1 << 20), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ExportedProgram readDocument(String text) {
        return ProgramReader.read(ByteSource.of("model.json", text.getBytes(StandardCharsets.UTF_8)));
    }
}
