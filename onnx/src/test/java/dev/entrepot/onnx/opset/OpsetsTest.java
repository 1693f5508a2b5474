package dev.entrepot.onnx.opset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Origin;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.schema.AttributeDefault;
import dev.entrepot.onnx.schema.AttributeSchema;
import dev.entrepot.onnx.schema.Operator;
import dev.entrepot.onnx.schema.Operators;
import dev.entrepot.onnx.text.OnnxText;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpsetsTest {

    /** What a version brought that means as before where it is left out; read in ONNX's pages of the operators. */
    private static final Set<String> MEAN_AS_BEFORE_WHEN_ABSENT = new TreeSet<>(List.of(
            "ArgMax-12 select_last_index",
            "ArgMin-12 select_last_index",
            "AveragePool-10 ceil_mode",
            "AveragePool-19 dilations",
            "Cast-19 saturate",
            "CastLike-19 saturate",
            "Constant-11 sparse_value",
            "Constant-12 value_float",
            "Constant-12 value_floats",
            "Constant-12 value_int",
            "Constant-12 value_ints",
            "Constant-12 value_string",
            "Constant-12 value_strings",
            "DepthToSpace-11 mode",
            "DequantizeLinear-13 axis",
            "GRU-14 layout",
            "GatherND-12 batch_dims",
            "LSTM-14 layout",
            "LpPool-18 ceil_mode",
            "LpPool-18 dilations",
            "MaxPool-10 ceil_mode",
            "MaxPool-10 dilations",
            "MaxPool-8 storage_order",
            "QuantizeLinear-13 axis",
            "QuantizeLinear-19 saturate",
            "RNN-14 layout",
            "Reshape-14 allowzero",
            "Resize-18 antialias",
            "Resize-18 axes",
            "Resize-18 keep_aspect_ratio_policy",
            "ScatterElements-16 reduction",
            "ScatterND-16 reduction",
            "Shape-15 end",
            "Shape-15 start",
            "TopK-11 largest",
            "TopK-11 sorted"));

    private static final Model MODEL = OnnxText.parse("""
            <ir_version: 10, opset_import: ["" : 20]>
            g (float[2, 3] x) => (float[2, 3] y) <float[3] w = {1, 2, 3}> {
              y = Add (x, w)
            }
            """);

    @Test
    void every_attribute_that_came_without_a_step_was_looked_at() {
        Set<String> found = new TreeSet<>();
        forEachStepUp((older, newer) -> newer.attributes().stream()
                .filter(attribute -> older.attribute(attribute.name()).isEmpty())
                .forEach(attribute -> found.add(newer + " " + attribute.name())));

        assertThat(found).isEqualTo(MEAN_AS_BEFORE_WHEN_ABSENT);
    }

    @Test
    void nothing_that_a_node_may_have_goes_without_a_step() {
        forEachStepUp((older, newer) -> {
            assertThat(older.attributes())
                    .as("%s", newer)
                    .allSatisfy(attribute ->
                            assertThat(newer.attribute(attribute.name())).isPresent());
            assertThat(newer.minInputs()).as("%s", newer).isLessThanOrEqualTo(older.minInputs());
            assertThat(newer.maxInputs()).as("%s", newer).isGreaterThanOrEqualTo(older.maxInputs());
            assertThat(newer.maxOutputs()).as("%s", newer).isGreaterThanOrEqualTo(older.maxOutputs());
        });
    }

    @Test
    void a_default_that_changed_is_written_out() {
        forEachStepUp((older, newer) -> {
            for (AttributeSchema attribute : older.attributes()) {
                boolean isSame = newer.attribute(attribute.name())
                        .map(AttributeSchema::whenAbsent)
                        .filter(attribute.whenAbsent()::equals)
                        .isPresent();
                assertThat(isSame || attribute.whenAbsent() instanceof AttributeDefault.Required)
                        .as("%s %s", newer, attribute.name())
                        .isTrue();
            }
        });
    }

    private static void forEachStepUp(BiConsumer<Operator, Operator> check) {
        for (String name : Operators.onnx().names("")) {
            for (Operator newer : Operators.onnx().history("", name)) {
                if (newer.sinceVersion() > Opsets.OLDEST
                        && newer.sinceVersion() <= Model.HOUSE_OPSET
                        && Steps.up(newer).isEmpty()) {
                    Operators.onnx()
                            .find("", name, newer.sinceVersion() - 1)
                            .ifPresent(older -> check.accept(older, newer));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"7, 3", "8, 3", "9, 4", "10, 5", "11, 6", "12, 7", "13, 7", "14, 7", "15, 8", "18, 8", "19, 9"})
    void the_file_format_is_the_one_of_the_release_that_brought_the_opset(long opset, long irVersion) {
        assertThat(Opsets.fromHouse("m", MODEL, opset).irVersion()).isEqualTo(irVersion);
    }

    @Test
    void constants_are_inputs_where_the_file_format_demands_it_and_nowhere_else() {
        Model old = Opsets.fromHouse("m", MODEL, 8);

        assertThat(old.graph().inputs()).extracting(Value::name).containsExactly("x", "w");
        assertThat(Checker.check("m", old)).isEmpty();
        assertThat(Opsets.fromHouse("m", MODEL, 9).graph().inputs())
                .extracting(Value::name)
                .containsExactly("x");
        assertThat(Opsets.toHouse("m", old).graph().inputs())
                .extracting(Value::name)
                .containsExactly("x");
    }

    @Test
    void a_default_that_callers_can_replace_stays_an_input() {
        Graph graph = MODEL.graph();
        Value weight = Value.tensor("w", DataType.FLOAT, Shape.of(3));
        Graph open = Graph.of(
                "g", List.of(graph.inputs().get(0), weight), graph.outputs(), graph.nodes(), graph.initializers());
        Model replaceable = Opsets.fromHouse("m", MODEL.withGraph(open), 13);

        assertThat(replaceable.graph().inputs()).extracting(Value::name).containsExactly("x", "w");
        assertThat(Opsets.toHouse("m", replaceable).graph().inputs())
                .extracting(Value::name)
                .containsExactly("x", "w");
    }

    @Test
    void the_source_of_a_node_outlives_file_formats_without_metadata() {
        Origin origin = new Origin("lenet.prototxt", "conv1", "Convolution");
        Node node = MODEL.graph().nodes().get(0).withMetadata(origin.toMetadata());
        Graph graph = Graph.of(
                "g",
                MODEL.graph().inputs(),
                MODEL.graph().outputs(),
                List.of(node),
                MODEL.graph().initializers());
        Model old = Opsets.fromHouse("m", MODEL.withGraph(graph), 18);
        Model back = Opsets.toHouse("m", old);

        assertThat(old.graph().nodes()).extracting(Node::metadata).containsExactly(Map.of());
        assertThat(old.graph().nodes()).extracting(Node::origin).containsExactly(origin);
        assertThat(back.graph().nodes()).extracting(Node::metadata).containsExactly(origin.toMetadata());
        assertThat(back.graph().nodes()).extracting(Node::doc).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 6, 21})
    void an_opset_out_of_reach_is_refused(long opset) {
        assertThatThrownBy(() -> Opsets.fromHouse("m", MODEL, opset))
                .isInstanceOf(ModelException.class)
                .hasMessage("m: model: is asked for in ai.onnx " + opset + ", expected 7 to 20");
    }

    @Test
    void a_model_of_an_opset_before_the_oldest_is_refused() {
        Model old = OnnxText.parse(
                "<ir_version: 3, opset_import: [\"\" : 6]> g (float[1] x) => (float[1] y) { y = Relu (x) }");

        assertThatThrownBy(() -> Opsets.toHouse("m", old))
                .isInstanceOf(ModelException.class)
                .hasMessage("m: model: imports ai.onnx 6, expected 7 to 28");
    }
}
