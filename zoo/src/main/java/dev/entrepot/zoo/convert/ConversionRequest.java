package dev.entrepot.zoo.convert;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One conversion to ONNX.
 *
 * @param sources the files of one model, in any order; a network in Python source is {@code FILE.py:EXPRESSION}
 * @param framework the framework's name; judged by the files' content if empty
 * @param options what is asked of the import
 * @param target the ONNX file to write
 * @param externalData when the weights go to a file of their own
 * @param opset the version of ai.onnx to write
 */
public record ConversionRequest(
        List<Path> sources,
        Optional<String> framework,
        ImportOptions options,
        Path target,
        ExternalDataPolicy externalData,
        long opset) {

    public ConversionRequest {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a conversion needs at least one source file");
        }
    }

    /** A conversion to the house opset. */
    public ConversionRequest(
            List<Path> sources,
            Optional<String> framework,
            ImportOptions options,
            Path target,
            ExternalDataPolicy externalData) {
        this(sources, framework, options, target, externalData, Model.HOUSE_OPSET);
    }
}
