package dev.entrepot.zoo.recipe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.io.OnnxFile;
import dev.entrepot.onnx.io.OnnxReader;
import dev.entrepot.onnx.io.TensorFile;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.data.Case;
import dev.entrepot.validator.data.Reference;
import dev.entrepot.validator.data.ReferenceFile;
import dev.entrepot.zoo.convert.Conversion;
import dev.entrepot.zoo.convert.Conversion.SourceFile;
import dev.entrepot.zoo.convert.Converter;
import dev.entrepot.zoo.entry.VersionFile.Role;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What following a recipe gave: a folder in the layout of ONNX's own tests.
 *
 * @param recipe the recipe
 * @param conversion what the converter says
 * @param files the files that were made
 */
public record Made(Recipe recipe, Conversion conversion, List<MadeFile> files) {

    /** The model's path in every version. */
    public static final String MODEL = "model.onnx";

    private static final int MOST_SETS = 1000;

    public Made {
        files = List.copyOf(files);
    }

    /**
     * A file that was made.
     *
     * @param path where it lies in the version, and in the folder
     * @param role what it is there for
     */
    public record MadeFile(String path, Role role) {}

    /**
     * Converts a model to {@code model.onnx} in a folder, and writes its reference beside it as {@code test_data_set_N}.
     *
     * @throws ModelException if the model is refused, or the reference does not fit it
     * @throws IOException if a file cannot be read or written
     */
    public static Made in(Path folder, ImportRequest request) throws IOException {
        Conversion conversion = Converter.convert(request.conversion(folder.resolve(MODEL)));
        List<Digest> digests = conversion.source().files().stream()
                .map(SourceFile::sha256)
                .map(Digest::new)
                .toList();
        List<MadeFile> files = new ArrayList<>(List.of(new MadeFile(MODEL, Role.MODEL)));
        if (Files.exists(folder.resolve(MODEL + ".data"))) {
            files.add(new MadeFile(MODEL + ".data", Role.EXTERNAL_DATA));
        }
        try (OnnxFile model = OnnxReader.open(folder.resolve(MODEL));
                ReferenceFile reference = ReferenceFile.open(request.reference())) {
            if (reference.sets().size() > MOST_SETS) {
                throw ModelException.limitExceeded(
                        SourceLocation.file(reference.name()),
                        "reference",
                        "has " + reference.sets().size() + " sets, the limit is " + MOST_SETS);
            }
            Graph graph = model.model().graph();
            for (int i = 0; i < reference.sets().size(); i++) {
                files.addAll(write(
                        folder, "test_data_set_" + i + "/", reference.sets().get(i), graph));
            }
        }
        return new Made(Recipe.of(request, digests), conversion, files);
    }

    private static List<MadeFile> write(Path folder, String set, Reference reference, Graph graph) throws IOException {
        List<Value> inputs = graph.inputs().stream()
                .filter(input -> !graph.initializers().containsKey(input.name()))
                .toList();
        Case matched = reference.match(inputs, graph.outputs());
        Files.createDirectories(folder.resolve(set));
        List<MadeFile> files = new ArrayList<>();
        for (Value input : inputs) {
            Tensor tensor = Objects.requireNonNull(matched.inputs().get(input.name()), input.name());
            files.add(write(folder, set + "input_" + files.size() + ".pb", input.name(), tensor));
        }
        int output = 0;
        for (var each : matched.outputs().entrySet()) {
            files.add(write(folder, set + "output_" + output++ + ".pb", each.getKey(), each.getValue()));
        }
        return files;
    }

    private static MadeFile write(Path folder, String path, String name, Tensor tensor) throws IOException {
        TensorFile.write(name, tensor, folder.resolve(path));
        return new MadeFile(path, Role.TEST_DATA);
    }
}
