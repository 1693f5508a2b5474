package dev.entrepot.validator.oracles.caffe.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.importers.caffe.CaffeImporter;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracles.caffe.fuzz.Difference;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime computes after import is what the cases say. */
class LayerCasesTest {

    private static final SessionOptions CPU =
            SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU).withThreads(1);

    private static final OnnxRuntime RUNTIME = OnnxRuntime.start();

    static List<LayerCase> cases() throws IOException {
        return LayerCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_model_computes_what_the_case_says(LayerCase layer) throws IOException {
        Model model = CaffeImporter.lower(layer.net(), layer.options()).model();

        assertThat(Checker.check(layer.name(), model)).isEmpty();
        assertThat(Difference.between(layer.outputs(), run(model, layer.inputs())))
                .isEmpty();
    }

    private static Map<String, Tensor> run(Model model, Map<String, Tensor> given) throws IOException {
        try (RunnableModel runnable = RunnableModel.of(ByteSource.of("net.onnx", OnnxWriter.toBytes(model)));
                Session session = RUNTIME.open(runnable, CPU)) {
            Map<String, Tensor> inputs = new LinkedHashMap<>();
            session.inputs()
                    .forEach(input -> inputs.put(input.name(), Objects.requireNonNull(given.get(input.name()))));
            return session.run(inputs).outputs();
        }
    }
}
