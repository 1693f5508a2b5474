package dev.entrepot.validator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import dev.entrepot.validator.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {

    private static final SessionOptions CPU = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);
    private static final Tensor ROWS = Tensor.of(Shape.of(2, 3), 1f, -2f, 3f, 0f, 5f, -6f);

    private final OnnxRuntime runtime = OnnxRuntime.start();

    @TempDir
    Path folder;

    @Test
    void every_type_of_the_java_binding_goes_in_and_comes_out() throws IOException {
        try (RunnableModel model = open("types");
                Session session = runtime.open(model, CPU)) {
            Map<String, Tensor> inputs = new LinkedHashMap<>();
            for (Value input : session.inputs()) {
                inputs.put(input.name(), three(input.dataType()));
            }
            RunResult result = session.run(inputs);

            assertThat(result.outputs()).hasSize(11);
            inputs.forEach((name, given) -> {
                Tensor got = result.output(name.replace("in_", "out_"));
                assertThat(got).as(name).hasToString(given.toString());
                assertThat(got.toBytes()).as(name).isEqualTo(given.toBytes());
            });
        }
    }

    @Test
    void tensors_without_elements_go_in_and_come_out() throws IOException {
        try (RunnableModel model = open("types");
                Session session = runtime.open(model, CPU)) {
            Map<String, Tensor> inputs = new LinkedHashMap<>();
            for (Value input : session.inputs()) {
                TensorData none =
                        input.dataType() == DataType.STRING ? new StringData(List.of()) : TensorData.of(new byte[0]);
                inputs.put(input.name(), new Tensor(input.dataType(), Shape.of(0), none));
            }

            assertThat(session.run(inputs).outputs().values())
                    .hasSize(11)
                    .allSatisfy(output -> assertThat(output.shape()).isEqualTo(Shape.of(0)));
        }
    }

    @Test
    void a_result_may_have_no_elements() throws IOException {
        try (RunnableModel model = open("find");
                Session session = runtime.open(model, CPU)) {
            Tensor zeros = Tensor.of(Shape.of(2, 3), new float[6]);

            assertThat(session.run(Map.of("x", zeros)).output("y")).hasToString("int64[2, 0]");
        }
    }

    @Test
    void unsigned_results_are_read_though_they_cannot_be_given() throws IOException {
        try (RunnableModel model = open("unsigned_output");
                Session session = runtime.open(model, CPU)) {
            Tensor given = Tensor.of(Shape.of(1, 3), 1f, 2f, 4e9f);

            assertThat(session.run(Map.of("x", given)).output("y").toLongs()).containsExactly(1, 2, 4_000_000_000L);
        }
        try (RunnableModel model = open("unsigned");
                Session session = runtime.open(model, CPU)) {
            Tensor given = new Tensor(DataType.UINT32, Shape.of(1, 3), TensorData.of(new byte[12]));

            assertThatThrownBy(() -> session.run(Map.of("x", given)))
                    .isInstanceOf(RuntimeFailure.class)
                    .hasMessage("\"x\": ONNX Runtime's Java binding takes no uint32 tensors");
        }
    }

    @Test
    void a_result_that_is_no_tensor_is_told_in_words() throws IOException {
        try (RunnableModel model = open("sequence");
                Session session = runtime.open(model, CPU)) {
            assertThatThrownBy(() -> session.run(Map.of("x", ROWS)))
                    .isInstanceOf(RuntimeFailure.class)
                    .hasMessage("output \"y\" is a ONNX_TYPE_SEQUENCE, not a tensor");
        }
    }

    @Test
    void inputs_and_outputs_are_as_the_model_declares_them() throws IOException {
        try (RunnableModel model = open("classifier");
                Session session = runtime.open(model, CPU)) {
            assertThat(session.inputs()).hasToString("[Value[name=data, type=float32[N, 3]]]");
            assertThat(session.outputs()).hasToString("[Value[name=prob, type=float32[N, 4]]]");
        }
    }

    @Test
    void the_profile_tells_where_the_nodes_ran() throws IOException {
        try (RunnableModel model = open("classifier");
                Session session = runtime.open(model, CPU.withOptimization(Optimization.NONE))) {
            assertThat(session.placement()).isEmpty();
            session.run(Map.of("data", ROWS));
            session.run(Map.of("data", ROWS));

            Placement placement = session.placement().orElseThrow();
            assertThat(placement.nodesByProvider()).containsExactly(Map.entry("CPUExecutionProvider", 3L));
            assertThat(placement.microsecondsByProvider()).containsOnlyKeys("CPUExecutionProvider");
            assertThat(placement.cpuNodes()).isEmpty();
            assertThat(placement.memcpyNodes()).isZero();
            assertThat(placement.nodes()).isEqualTo(3);
        }
    }

    @Test
    void weights_beside_the_model_are_handed_over() throws IOException {
        try (RunnableModel inside = open("classifier");
                RunnableModel outside = open("outside");
                Session one = runtime.open(inside, CPU);
                Session other = runtime.open(outside, CPU)) {
            assertThat(outside.outside()).containsOnlyKeys("weight", "bias");
            assertThat(other.run(Map.of("data", ROWS)).output("prob").toFloats())
                    .isEqualTo(one.run(Map.of("data", ROWS)).output("prob").toFloats());
        }
    }

    @ParameterizedTest
    @EnumSource
    void weights_beside_the_model_are_handed_over_at_every_optimization(Optimization optimization) throws IOException {
        try (RunnableModel model = open("outside");
                Session session = runtime.open(model, CPU.withOptimization(optimization))) {
            assertThat(session.run(Map.of("data", ROWS)).output("prob")).hasToString("float32[2, 4]");
        }
    }

    @Test
    void a_model_that_asks_for_a_file_elsewhere_is_refused_before_onnx_runtime_sees_it() {
        assertThatThrownBy(() -> open("hostile"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("external data \"../secret.bin\": is a path, expected the plain name");
        assertThatThrownBy(() -> open("missing")).hasMessageContaining("external data \"nowhere.bin\": is not there");
    }

    @Test
    void a_model_from_bytes_may_not_ask_for_any_file() throws IOException {
        ByteSource bytes = ByteSource.of("outside.onnx", Files.readAllBytes(Fixtures.model("outside.onnx")));

        assertThatThrownBy(() -> RunnableModel.of(bytes)).isInstanceOf(ModelException.class);
    }

    @Test
    void only_initializers_may_lie_beside_the_model() {
        assertThatThrownBy(() -> open("outside_constant"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("lies in another file, which only initializers of the main graph may");
    }

    @Test
    void functions_that_multiply_are_refused_before_onnx_runtime_sees_them() {
        assertThatThrownBy(() -> open("bomb"))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Problem.Kind.LIMIT_EXCEEDED))
                .hasMessageContaining("has more than 100000 nodes once its functions are inlined");
    }

    @Test
    void a_model_that_onnx_runtime_refuses_fails_to_load() throws IOException {
        try (RunnableModel model = open("unknown")) {
            assertThatThrownBy(() -> runtime.open(model, CPU))
                    .isInstanceOfSatisfying(
                            RuntimeFailure.class, e -> assertThat(e.stage()).isEqualTo(RuntimeFailure.Stage.LOAD))
                    .hasMessageContaining("NoSuchOperator");
        }
    }

    @Test
    void a_model_that_breaks_off_fails_to_run() throws IOException {
        try (RunnableModel model = open("reshape");
                Session session = runtime.open(model, CPU)) {
            assertThatThrownBy(() -> session.run(Map.of("x", ROWS)))
                    .isInstanceOfSatisfying(
                            RuntimeFailure.class, e -> assertThat(e.stage()).isEqualTo(RuntimeFailure.Stage.RUN))
                    .hasMessageContaining("requested shape:{7}");
        }
    }

    @Test
    void without_cuda_auto_takes_the_cpu_and_says_why() throws IOException {
        try (RunnableModel model = open("classifier");
                Session session = runtime.open(model, SessionOptions.DEFAULT)) {
            assumeThat(session.setup().provider()).isEqualTo(Provider.CPU);
            assertThat(session.setup().reason()).startsWith("CUDA was not used: ");
            assertThatThrownBy(() -> runtime.open(model, CPU.withProvider(ProviderChoice.CUDA)))
                    .isInstanceOf(ProviderUnavailableException.class)
                    .hasMessageMatching(
                            "this build of ONNX Runtime .* has no CUDA provider;.*|CUDA's libraries do not load.*");
        }
    }

    @Test
    void a_folder_of_natives_without_them_is_told_by_name() {
        assertThatThrownBy(() -> Natives.prepare(Map.of(Natives.VARIABLE, folder.toString()), SessionTest.class))
                .isInstanceOf(ProviderUnavailableException.class)
                .hasMessageContaining(
                        "ENTREPOT_ORT_NATIVES=" + folder + " does not hold " + System.mapLibraryName("onnxruntime"));
    }

    private static RunnableModel open(String name) throws IOException {
        return RunnableModel.open(Fixtures.model(name + ".onnx"));
    }

    /** Three elements with the bytes 0 and 1, legal in every type. */
    private static Tensor three(DataType type) {
        if (type == DataType.STRING) {
            return Tensor.of(Shape.of(3), List.of("Zürich", "", "日本"));
        }
        byte[] bytes = new byte[(int) type.byteLength(3)];
        bytes[0] = 1;
        bytes[bytes.length - 1] = 1;
        return new Tensor(type, Shape.of(3), TensorData.of(bytes));
    }
}
