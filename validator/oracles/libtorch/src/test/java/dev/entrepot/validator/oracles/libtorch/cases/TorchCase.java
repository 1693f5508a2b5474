package dev.entrepot.validator.oracles.libtorch.cases;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A case directory: {@code program.py}, {@code model.pt}, {@code reference.npz} with arrays input/NAME and output/NAME, and {@code
 * error.txt} where the importer refuses the archive.
 *
 * @param name the folder and the sentence
 */
record TorchCase(String name) {

    /** Surefire runs in the module's folder. */
    private static final Path ROOT = Path.of("../../../importers/declared/src/test/resources/torch");

    /** All cases, sorted. */
    static List<TorchCase> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith("program.py"))
                    .map(file -> new TorchCase(ROOT.relativize(file.getParent()).toString()))
                    .sorted((left, right) -> left.name.compareTo(right.name))
                    .toList();
        }
    }

    /** All cases that the importer takes. */
    static List<TorchCase> computed() throws IOException {
        return all().stream().filter(torchCase -> !torchCase.isRefused()).toList();
    }

    private boolean isRefused() {
        return Files.exists(file("error.txt"));
    }

    Path archive() {
        return file("model.pt");
    }

    Path reference() {
        return file("reference.npz");
    }

    private Path file(String file) {
        return ROOT.resolve(name).resolve(file);
    }

    /** The program and what it is given, which its text and the case's name decide. */
    ProgramText program() throws IOException {
        return ProgramText.read(Files.readString(file("program.py")), name.hashCode());
    }

    Map<String, Tensor> inputs() throws IOException {
        return arrays("input/");
    }

    Map<String, Tensor> outputs() throws IOException {
        return arrays("output/");
    }

    private Map<String, Tensor> arrays(String kind) throws IOException {
        Map<String, Tensor> found = new LinkedHashMap<>();
        Npz.read(ByteSource.of("reference.npz", Files.readAllBytes(reference())))
                .forEach((array, tensor) -> {
                    if (array.startsWith(kind)) {
                        found.put(array.substring(kind.length()), tensor);
                    }
                });
        return found;
    }

    @Override
    public String toString() {
        return name;
    }
}
