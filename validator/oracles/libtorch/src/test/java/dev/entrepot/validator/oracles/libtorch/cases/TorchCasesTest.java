package dev.entrepot.validator.oracles.libtorch.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.validator.oracles.libtorch.fuzz.Difference;
import dev.entrepot.validator.oracles.libtorch.fuzz.Importing;
import dev.entrepot.validator.oracles.libtorch.fuzz.OnnxRun;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime computes after import is what the cases say. */
class TorchCasesTest {

    private static final OnnxRun RUN = OnnxRun.start();

    static List<TorchCase> cases() throws IOException {
        return TorchCase.computed();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void the_model_computes_what_the_case_says(TorchCase torchCase) throws IOException {
        ByteSource archive = ByteSource.of("model.pt", Files.readAllBytes(torchCase.archive()));

        Model model = Importing.convert(archive, Importing.specs(torchCase.inputs()));

        assertThat(Checker.check(torchCase.name(), model)).isEmpty();
        assertThat(Difference.between(torchCase.outputs(), RUN.outputs(model, torchCase.inputs())))
                .isEmpty();
    }
}
