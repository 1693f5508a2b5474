package dev.entrepot.validator.oracles.libtorch.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import dev.entrepot.validator.oracle.TorchOracle;
import dev.entrepot.validator.oracles.libtorch.NeedsGenuineLibtorch;
import dev.entrepot.validator.oracles.libtorch.fuzz.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What genuine libtorch computes is what the cases say: of their archives, and of their programs compiled again. */
@ExtendWith(NeedsGenuineLibtorch.class)
class GenuineCasesTest {

    private static TorchOracle oracle;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws IOException {
        oracle = new TorchOracle(TorchOracle.find().orElseThrow(), OracleLimits.LAYERS);
    }

    @AfterAll
    static void end() throws IOException {
        oracle.close();
    }

    static List<TorchCase> cases() throws IOException {
        return TorchCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void genuine_libtorch_computes_what_the_case_says(TorchCase torchCase) throws IOException {
        ProgramText text = torchCase.program();

        assertSame(torchCase, oracle.ask(OracleRequest.of(torchCase.archive(), torchCase.inputs())));
        assertSame(torchCase, oracle.run(text.program(), text.inputs(), directory.resolve("program.pt")));
    }

    private static void assertSame(TorchCase torchCase, OracleAnswer answer) throws IOException {
        assertThat(answer).isInstanceOf(OracleAnswer.Computed.class);
        Map<String, Tensor> blobs = ((OracleAnswer.Computed) answer).blobs();
        assertThat(blobs.keySet()).isEqualTo(torchCase.outputs().keySet());
        assertThat(Difference.between(torchCase.outputs(), blobs)).isEmpty();
    }
}
