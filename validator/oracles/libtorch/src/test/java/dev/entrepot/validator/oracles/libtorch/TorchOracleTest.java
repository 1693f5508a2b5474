package dev.entrepot.validator.oracles.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleClassPath;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import dev.entrepot.validator.oracle.TorchOracle;
import dev.entrepot.validator.oracle.TorchProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(NeedsGenuineLibtorch.class)
class TorchOracleTest {

    private static final Tensor WEIGHT = Tensor.of(Shape.of(2, 2), 1f, 2f, 3f, 4f);
    private static final Tensor BIAS = Tensor.of(Shape.of(2), 0.5f, -0.5f);
    private static final Tensor X = Tensor.of(Shape.of(1, 2), 10f, 1f);

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

    @ParameterizedTest
    @EnumSource
    void a_program_computes_what_a_hand_can_check_and_so_does_its_archive(TorchProgram.Form form) throws IOException {
        var program = new TorchProgram(
                "def forward(self, x):\n  return torch.linear(x, self.weight, self.bias)\n",
                Map.of("weight", WEIGHT),
                Map.of("bias", BIAS),
                form);

        assertThat(computed(oracle.run(program, Map.of("x", X), archive()))
                        .blob("output_0")
                        .toFloats())
                .containsExactly(12.5f, 33.5f);
        assertThat(computed(oracle.ask(OracleRequest.of(archive(), Map.of("any", X))))
                        .blob("output_0")
                        .toFloats())
                .containsExactly(12.5f, 33.5f);
    }

    @Test
    void nested_outputs_are_flattened() throws IOException {
        var outputs = run("""
                def forward(self, x):
                  return (x, [x + 1, x.sum()]), {"a": x > 5, "b": x.long()}, 3, None
                """, Map.of("x", X));

        assertThat(outputs.blobs().keySet())
                .containsExactly("output_0_0", "output_0_1_0", "output_0_1_1", "a_1", "b_1", "output_2");
        assertThat(outputs.blobs().values())
                .extracting(Tensor::toString)
                .containsExactly("float32[1, 2]", "float32[1, 2]", "float32[]", "bool[1, 2]", "int64[1, 2]", "int64[]");
        assertThat(outputs.blob("b_1").toLongs()).containsExactly(10, 1);
    }

    @Test
    void arguments_may_be_lists_and_numbers() throws IOException {
        var inputs = new LinkedHashMap<String, Tensor>();
        inputs.put("n", Tensor.scalar(2L));
        inputs.put("xs.0", X);
        inputs.put("xs.1", X);

        var outputs = run("""
                def forward(self, xs: List[Tensor], n: int, factor: float = 0.5):
                  return torch.cat(xs, 0) * n * factor
                """, inputs);

        assertThat(outputs.blob("output_0").toFloats()).containsExactly(10, 1, 10, 1);
    }

    @Test
    void views_are_answered_in_row_major_order() throws IOException {
        var outputs = run("def forward(self, x):\n  return x.t().expand(2, 2)\n", Map.of("x", X));

        assertThat(outputs.blob("output_0").toFloats()).containsExactly(10, 10, 1, 1);
    }

    @Test
    void what_libtorch_says_no_to_is_refused_in_its_words_and_the_next_question_is_answered() throws IOException {
        var bad = TorchProgram.of("def forward(self, x):\n  return torch.matmul(x, x)\n", Map.of());

        assertThat(refused(oracle.run(bad, Map.of("x", X), archive())).reason())
                .contains("mat1 and mat2 shapes cannot be multiplied (1x2 and 1x2)");
        assertThat(run("def forward(self, x):\n  return -x\n", Map.of("x", X))
                        .blob("output_0")
                        .toFloats())
                .containsExactly(-10, -1);
    }

    @Test
    void source_that_does_not_compile_is_refused() throws IOException {
        var bad = TorchProgram.of("def forward(self, x):\n  return torch.bogus(x)\n", Map.of());

        assertThat(refused(oracle.run(bad, Map.of("x", X), archive())).reason()).contains("aten::bogus");
    }

    @Test
    void too_many_inputs_are_refused() throws IOException {
        var program = TorchProgram.of("def forward(self, x):\n  return x\n", Map.of());

        assertThat(refused(oracle.run(program, Map.of("y", X, "z", X), archive()))
                        .reason())
                .startsWith("forward takes [x], given are");
    }

    @Test
    void what_takes_too_long_is_ended() throws IOException {
        var slow = TorchProgram.of("""
                def forward(self, x):
                  i = 0
                  while i < 1000000000000:
                    i += 1
                  return x * i
                """, Map.of());
        var limits = new OracleLimits(Duration.ofMillis(300), 256, 1);
        try (var hasty = new TorchOracle(TorchOracle.find().orElseThrow(), limits)) {
            assertThat(refused(hasty.run(slow, Map.of("x", X), archive())).reason())
                    .isEqualTo("no answer within PT0.3S");
        }
    }

    @Test
    void an_oracle_that_is_not_there_does_not_start() throws IOException {
        var nowhere = new OracleClassPath(directory.resolve("nothing").toString());
        try (var absent = new TorchOracle(nowhere, OracleLimits.LAYERS)) {
            assertThatThrownBy(() -> absent.ask(OracleRequest.of(archive(), Map.of())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the oracle did not start");
        }
    }

    private OracleAnswer.Computed run(String source, Map<String, Tensor> inputs) throws IOException {
        return computed(oracle.run(TorchProgram.of(source, Map.of()), inputs, archive()));
    }

    private Path archive() {
        return directory.resolve("program.pt");
    }

    private static OracleAnswer.Computed computed(OracleAnswer answer) {
        assertThat(answer).isInstanceOf(OracleAnswer.Computed.class);
        return (OracleAnswer.Computed) answer;
    }

    private static OracleAnswer.Refused refused(OracleAnswer answer) {
        assertThat(answer).isInstanceOf(OracleAnswer.Refused.class);
        return (OracleAnswer.Refused) answer;
    }
}
