package dev.entrepot.onnx.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OnnxReaderTest {

    @Test
    void every_element_type_is_read_from_every_field_as_the_onnx_package_reads_it() {
        Map<String, Tensor> tensors =
                OnnxReader.read(Fixture.source("tensor_forms.onnx")).graph().initializers();
        String expected = new String(Fixture.bytes("tensor_forms.txt"), StandardCharsets.UTF_8);

        StringBuilder found = new StringBuilder();
        tensors.forEach((name, tensor) -> found.append(line(name, tensor)));

        assertThat(found).hasToString(expected);
    }

    private static String line(String name, Tensor tensor) {
        String data = tensor.data() instanceof StringData strings
                ? String.join("|", strings.values())
                : HexFormat.of().formatHex(tensor.toBytes().array());
        return name + " " + tensor.type() + " " + tensor.shape().toString().replace(" ", "") + " " + data + "\n";
    }

    @Test
    void raw_and_packed_floats_stay_slices_of_the_file() {
        Graph graph = OnnxReader.read(Fixture.source("tensor_forms.onnx")).graph();

        for (String name : List.of("FLOAT_raw", "FLOAT_typed", "DOUBLE_typed", "COMPLEX64_typed", "INT8_raw")) {
            assertThat(Fixture.initializer(graph, name).data()).as(name).isInstanceOf(TensorData.SourceData.class);
        }
    }

    @Test
    void unpacked_and_mixed_fields_are_put_together_in_file_order() {
        Wire floats = Wire.message()
                .varint(1, 3)
                .varint(2, 1)
                .text(8, "floats")
                .fixed32(4, 1)
                .fixed32(4, 2)
                .fixed32(4, 3);
        Wire mixed = Wire.message()
                .varint(7, 1)
                .text(8, "mixed")
                .packed(7, 300, -1)
                .varint(2, 7)
                .varint(7, 4)
                .packed(1, 2, 2);
        Wire doubles = Wire.message().fixed64(10, 0.5).varint(2, 11).text(8, "double");

        Graph graph =
                graphOf(Wire.message().message(5, floats).message(5, mixed).message(5, doubles));

        assertThat(Fixture.initializer(graph, "floats").toFloats()).containsExactly(1, 2, 3);
        assertThat(Fixture.initializer(graph, "mixed").toLongs()).containsExactly(1, 300, -1, 4);
        assertThat(Fixture.initializer(graph, "mixed").shape()).isEqualTo(Shape.of(2, 2));
        assertThat(Fixture.initializer(graph, "double").toBytes().getDouble()).isEqualTo(0.5);
    }

    @Test
    void values_of_nodes_have_the_types_that_the_graph_declares_for_them() {
        Graph graph = canonical().graph();
        Node first = graph.nodes().get(0);
        Node branch = graph.nodes().get(1);
        Graph then = branch.attributes().graph("then_branch").orElseThrow();

        assertThat(first.inputs())
                .containsExactly(
                        Value.tensor("x", DataType.FLOAT, Shape.of(List.of(Dim.of("batch"), Dim.of(3), Dim.UNKNOWN))),
                        Value.NONE,
                        Value.tensor("weight", DataType.FLOAT, Shape.of(2, 3)));
        assertThat(first.outputs())
                .containsExactly(
                        Value.tensor("kinds", DataType.FLOAT, Shape.of(List.of(Dim.of("batch"), Dim.of(6)))),
                        Value.NONE,
                        new Value("other", ValueType.UNKNOWN));
        assertThat(branch.outputs()).containsExactly(Value.tensor("y", DataType.FLOAT, Shape.UNRANKED));
        assertThat(then.nodes().get(0).inputs())
                .containsExactly(first.outputs().get(0), Value.tensor("one", DataType.FLOAT, Shape.SCALAR));
    }

    @Test
    void attributes_of_every_kind_are_read() {
        Map<String, Attribute> attributes =
                canonical().graph().nodes().get(0).attributes().values();

        assertThat(attributes)
                .containsEntry("a_float", new Attribute.FloatValue(0.1f))
                .containsEntry("b_int", new Attribute.IntValue(Long.MIN_VALUE))
                .containsEntry("c_string", new Attribute.StringValue("\u00e9 \"quoted\" \\ text"))
                .containsEntry("f_floats", new Attribute.FloatsValue(List.of(1f, -2.5f, Float.POSITIVE_INFINITY)))
                .containsEntry("g_ints", new Attribute.IntsValue(List.of(0L, 300L, -1L)))
                .containsEntry("h_strings", new Attribute.StringsValue(List.of("one", "")))
                .containsEntry("k_type", new Attribute.TypeValue(ValueType.tensor(DataType.FLOAT, Shape.of(1))))
                .containsEntry(
                        "l_types",
                        new Attribute.TypesValue(List.of(
                                ValueType.tensor(DataType.FLOAT, Shape.UNRANKED),
                                new ValueType.SequenceType(ValueType.tensor(
                                        DataType.INT64, Shape.of(List.of(Dim.of("n"), Dim.of(2), Dim.UNKNOWN)))))))
                .containsEntry("m_no_ints", new Attribute.IntsValue(List.of()));
        assertThat(only(attributes, "d_tensor", Attribute.TensorValue.class)
                        .value()
                        .toLongs())
                .containsExactly(1, 2);
        assertThat(only(attributes, "i_tensors", Attribute.TensorsValue.class).values())
                .extracting(Tensor::toString)
                .containsExactly("bool[1]", "int64[]");
        assertThat(only(attributes, "j_graphs", Attribute.GraphsValue.class).values())
                .extracting(Graph::name)
                .containsExactly("first", "second");
    }

    @Test
    void types_of_every_kind_are_read() {
        assertThat(canonical().graph().inputs())
                .contains(
                        new Value(
                                "sequence",
                                new ValueType.SequenceType(ValueType.tensor(DataType.STRING, Shape.UNRANKED))),
                        new Value(
                                "optional",
                                new ValueType.OptionalType(ValueType.tensor(DataType.FLOAT16, Shape.of(2)))),
                        new Value(
                                "map",
                                new ValueType.MapType(DataType.INT64, ValueType.tensor(DataType.DOUBLE, Shape.SCALAR))),
                        new Value("sparse", new ValueType.SparseTensorType(DataType.FLOAT, Shape.of(4, 5))),
                        new Value("opaque", new ValueType.OpaqueType("org.example", "Secret")),
                        new Value("untyped", ValueType.UNKNOWN));
    }

    @Test
    void a_function_keeps_its_defaults_its_references_and_its_types() {
        Function function = canonical().functions().get(0);

        assertThat(function.overload()).isEqualTo("slow");
        assertThat(function.inputs()).containsExactly("input");
        assertThat(function.attributeNames()).containsExactly("mode");
        assertThat(function.attributeDefaults().floatOr("factor", 0)).isEqualTo(2);
        assertThat(function.nodes().get(0).attributes().values())
                .containsEntry("value_float", new Attribute.Reference("factor", "float"));
        assertThat(function.nodes().get(1).input(1)).isEqualTo(Value.tensor("constant", DataType.FLOAT, Shape.SCALAR));
        assertThat(function.metadata()).containsEntry("function", "metadata");
    }

    @Test
    void a_negative_or_nameless_dimension_is_not_known() {
        Wire shape = Wire.message()
                .message(1, Wire.message().varint(1, -1))
                .message(1, Wire.message().text(2, ""))
                .message(1, Wire.message().varint(1, 0));
        Wire type = Wire.message().message(1, Wire.message().varint(1, 1).message(2, shape));

        Graph graph =
                graphOf(Wire.message().message(11, Wire.message().text(1, "x").message(2, type)));

        assertThat(graph.inputs().get(0).shape()).isEqualTo(Shape.of(List.of(Dim.UNKNOWN, Dim.UNKNOWN, Dim.of(0))));
    }

    @Test
    void attributes_without_a_type_as_in_the_first_onnx_files_have_the_type_of_their_value() {
        Wire node = Wire.message()
                .text(4, "Op")
                .message(5, Wire.message().text(1, "pads").packed(8, 1, 2))
                .message(5, Wire.message().text(1, "alpha").fixed32(2, 0.5f));

        assertThat(graphOf(Wire.message().message(1, node))
                        .nodes()
                        .get(0)
                        .attributes()
                        .values())
                .containsEntry("pads", new Attribute.IntsValue(List.of(1L, 2L)))
                .containsEntry("alpha", new Attribute.FloatValue(0.5f));
    }

    @Test
    void a_value_that_a_writer_left_out_because_it_is_zero_is_zero() {
        Wire node = Wire.message()
                .text(4, "Op")
                .message(5, Wire.message().text(1, "axis").varint(20, 2))
                .message(5, Wire.message().text(1, "alpha").varint(20, 1));

        assertThat(graphOf(Wire.message().message(1, node))
                        .nodes()
                        .get(0)
                        .attributes()
                        .values())
                .containsEntry("axis", new Attribute.IntValue(0))
                .containsEntry("alpha", new Attribute.FloatValue(0));
    }

    @Test
    void unknown_fields_are_skipped() {
        Wire graph = Wire.message()
                .varint(200, 1)
                .text(201, "?")
                .fixed32(202, 1)
                .fixed64(203, 1)
                .text(2, "named")
                .varint(0x1fffffff, 5);

        assertThat(graphOf(graph).name()).isEqualTo("named");
    }

    @Test
    void the_domain_ai_onnx_is_the_empty_one() {
        byte[] bytes = Wire.message()
                .message(
                        7,
                        Wire.message().message(1, Wire.message().text(4, "Relu").text(7, "ai.onnx")))
                .message(8, Wire.message().text(1, "ai.onnx").varint(2, 20))
                .toBytes();

        Model model = OnnxReader.read(ByteSource.of("m", bytes));

        assertThat(model.opset()).isEqualTo(20);
        assertThat(model.graph().nodes().get(0).domain()).isEmpty();
    }

    private static <T extends Attribute> T only(Map<String, Attribute> attributes, String name, Class<T> kind) {
        return kind.cast(Objects.requireNonNull(attributes.get(name), name));
    }

    static Model canonical() {
        return OnnxReader.read(Fixture.source("canonical.onnx"));
    }

    static Graph graphOf(Wire graph) {
        byte[] bytes = Wire.message().varint(1, 10).message(7, graph).toBytes();
        return OnnxReader.read(ByteSource.of("test.onnx", bytes)).graph();
    }
}
