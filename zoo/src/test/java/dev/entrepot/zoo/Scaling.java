package dev.entrepot.zoo;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.onnx.io.TensorFile;
import dev.entrepot.onnx.text.OnnxText;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.ValidationOptions;
import dev.entrepot.validator.Validator;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.SessionOptions;
import dev.entrepot.zoo.recipe.ImportRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The smallest model that can be wrong: it multiplies four numbers by a factor. */
final class Scaling {

    private static final float[] NUMBERS = {1, -2, 3.5f, 40};

    private Scaling() {}

    /** A model by this factor and a reference by that one, as ONNX's own tests have it. */
    static ImportRequest request(Path folder, float factor, float expected) throws IOException {
        Path model = Files.createDirectories(folder).resolve("scaling.onnx");
        OnnxWriter.write(OnnxText.parse("""
                        <ir_version: 10, opset_import: ["" : 20]>
                        scaling (float[N, 4] x) => (float[N, 4] y) <float[1] factor = {%s}> { y = Mul (x, factor) }
                        """.formatted(factor)), model);
        Path set = Files.createDirectories(folder.resolve("reference/test_data_set_0"));
        float[] outputs = new float[NUMBERS.length];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = NUMBERS[i] * expected;
        }
        TensorFile.write("x", Tensor.of(Shape.of(1, 4), NUMBERS), set.resolve("input_0.pb"));
        TensorFile.write("y", Tensor.of(Shape.of(1, 4), outputs), set.resolve("output_0.pb"));
        return ImportRequest.of(List.of(model), ImportOptions.DEFAULT, folder.resolve("reference"));
    }

    /** A validator that runs each model once. */
    static Validator validator() {
        return new Validator(OnnxRuntime.start(), new ValidationOptions(SessionOptions.DEFAULT, Optional.empty(), 0));
    }
}
