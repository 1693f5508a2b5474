package dev.entrepot.zoo.recipe;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.zoo.convert.ConversionRequest;
import dev.entrepot.zoo.convert.NamedSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model that is to come in, and what it should give.
 *
 * @param sources the files of one model, in any order; a network in Python source is {@code FILE.py:EXPRESSION}
 * @param framework the framework's name; judged by the files' content if empty
 * @param options what is asked of the import
 * @param externalData when the weights go to a file of their own
 * @param opset the version of ai.onnx to write
 * @param reference inputs and the genuine framework's outputs: an {@code .npz}, or a folder of {@code test_data_set_N}
 */
public record ImportRequest(
        List<Path> sources,
        Optional<String> framework,
        ImportOptions options,
        ExternalDataPolicy externalData,
        long opset,
        Path reference) {

    public ImportRequest {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("an import needs at least one source file");
        }
    }

    /** An import with nothing special about it. */
    public static ImportRequest of(List<Path> sources, ImportOptions options, Path reference) {
        return new ImportRequest(
                sources, Optional.empty(), options, ExternalDataPolicy.WHEN_TOO_LARGE, Model.HOUSE_OPSET, reference);
    }

    /**
     * The file that lies at a path of a version made from this, {@code source/...} or {@code reference/...}.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if the disk fails
     */
    public Path file(String path) throws IOException {
        Map<String, Path> files = new HashMap<>();
        NamedSource.of(sources).forEach(source -> files.put(Recipe.SOURCE_FOLDER + source.name(), source.path()));
        ReferenceFiles.of(reference).forEach((name, file) -> files.put(Recipe.REFERENCE_FOLDER + name, file));
        Path found = files.get(path);
        if (found == null) {
            throw new NoSuchFileException(path);
        }
        return found;
    }

    ConversionRequest conversion(Path target) {
        return new ConversionRequest(sources, framework, options, target, externalData, opset);
    }
}
