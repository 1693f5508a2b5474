package dev.entrepot.onnx.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.onnx.graph.Model;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that no honest writer makes: each is refused with its place, and none takes much memory. */
class HostileModelTest {

    static Stream<Arguments> otherFiles() {
        return Stream.of(
                Arguments.of("\30\0\0\0ORTM and more", "is an ONNX Runtime .ort file"),
                Arguments.of("PK\3\4 and more", "is a zip archive"),
                Arguments.of("\u0089HDF\r\n\u001a\n", "is an HDF5 file"),
                Arguments.of("\u0080\2}q\0", "is a Python pickle"),
                Arguments.of("<!doctype html><title>404</title>", "is an HTML page"),
                Arguments.of("version https://git-lfs.github.com/spec/v1", "is a Git LFS pointer"),
                Arguments.of("ir_version: 8\n", "text form"),
                Arguments.of("<\n  ir_version: 8\n>", "text syntax"),
                Arguments.of("", "is empty"));
    }

    @ParameterizedTest
    @MethodSource("otherFiles")
    void other_files_are_refused_by_name(String start, String message) {
        assertThatThrownBy(() -> read(start.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("test.onnx@0: file: ")
                .hasMessageContaining(message);
    }

    static Stream<Arguments> brokenMessages() {
        return Stream.of(
                Arguments.of(model(Wire.message().tag(1, 2).number(1L << 31)), "takes 2147483648 bytes, 0 are left"),
                Arguments.of(model(Wire.message().tag(1, 2).number(-1)), "takes 18446744073709551615 bytes"),
                Arguments.of(model(Wire.message().tag(1, 3)), "wire type 3, which ONNX does not use"),
                Arguments.of(model(Wire.message().tag(0, 0).number(1)), "has the tag 0"),
                Arguments.of(model(Wire.message().tag(1, 0).number(1)), "field 1 with wire type 0, expected 2"),
                Arguments.of(model(Wire.message().bytes(2, (byte) 0xff)), "text: is not UTF-8"),
                Arguments.of(model(Wire.message().message(1, Wire.message())), "model.graph.node[0]: has no op_type"),
                Arguments.of(Wire.message().varint(1, 10).varint(500, 1), "model: has no graph"),
                Arguments.of(model(Wire.message()).message(7, Wire.message()), "model: has a second graph"),
                Arguments.of(Wire.message().bytes(1, (byte) 0x80), "field 1 with wire type 2, expected 0"),
                Arguments.of(initializer(float3()), "is float32[3], which takes 12 bytes, found 0"),
                Arguments.of(
                        initializer(float3().fixed32(4, 1).bytes(4, new byte[5])),
                        "field 4 of 5 bytes, expected a multiple of 4"),
                Arguments.of(initializer(float3().bytes(9, new byte[8])), "takes 12 bytes, found 8"),
                Arguments.of(
                        initializer(Wire.message().varint(1, -1).varint(2, 1).text(8, "w")),
                        "has the dimension -1, expected 0 or more"),
                Arguments.of(
                        initializer(
                                Wire.message().varint(1, 1L << 31).varint(2, 1).text(8, "w")),
                        "has the dimension 2147483648, the limit is 2147483647"),
                Arguments.of(
                        initializer(Wire.message()
                                .packed(1, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)
                                .varint(2, 1)
                                .text(8, "w")),
                        "which has more elements than 2^63 - 1"),
                Arguments.of(
                        initializer(Wire.message()
                                .packed(1, Integer.MAX_VALUE, 1L << 30, 4)
                                .varint(2, 1)),
                        "which take more bytes than 2^63 - 1"),
                Arguments.of(
                        initializer(Wire.message()
                                .varint(2, 1)
                                .text(8, "w")
                                .bytes(9, new byte[4])
                                .packed(4, 0, 0, 0, 0)),
                        "has its elements in more than one field: [4, 9]"),
                Arguments.of(
                        initializer(Wire.message().varint(2, 1).text(8, "w").packed(5, 1)),
                        "is float32 but has its elements in field 5, expected 4"),
                Arguments.of(
                        initializer(Wire.message().varint(2, 3).text(8, "w").packed(5, 256)),
                        "has the element 256, which is not int8"),
                Arguments.of(
                        initializer(Wire.message().varint(2, 8).text(8, "w").bytes(9, new byte[4])),
                        "expected 1 strings in string_data, found 0"),
                Arguments.of(initializer(Wire.message().varint(2, 99).text(8, "w")), "element type 99"),
                Arguments.of(
                        initializer(Wire.message()
                                .varint(2, 27)
                                .packed(1, 2)
                                .packed(5, 1, 2)
                                .text(8, "w")),
                        "has elements of 6 bits in int32_data"),
                Arguments.of(initializer(Wire.message().varint(2, 1).bytes(9, new byte[4])), "has no name"),
                Arguments.of(
                        model(Wire.message().message(15, Wire.message())),
                        "has a sparse initializer; only dense ones are supported"),
                Arguments.of(
                        model(Wire.message()
                                .message(
                                        1,
                                        node(Wire.message()
                                                .text(1, "a")
                                                .varint(20, 2)
                                                .fixed32(2, 1)))),
                        "attribute \"a\" is of type INT but has a value in the fields [2]"),
                Arguments.of(
                        model(Wire.message()
                                .message(1, node(Wire.message().text(1, "a").varint(20, 4)))),
                        "attribute \"a\" has 0 values, expected one"),
                Arguments.of(
                        model(Wire.message()
                                .message(1, node(Wire.message().text(1, "a").varint(20, 77)))),
                        "has the attribute type 77, which is not known"),
                Arguments.of(
                        model(Wire.message()
                                .message(
                                        1,
                                        node(Wire.message().text(1, "a").varint(3, 1))
                                                .message(
                                                        5,
                                                        Wire.message()
                                                                .text(1, "a")
                                                                .varint(3, 2)))),
                        "is named \"a\", as another attribute is"));
    }

    @ParameterizedTest
    @MethodSource("brokenMessages")
    void broken_messages_are_refused_with_their_place(Wire wire, String message) {
        assertThatThrownBy(() -> read(wire.toBytes()))
                .isInstanceOf(ModelException.class)
                .hasMessageMatching("(?s)test\\.onnx@[0-9]+: .*")
                .hasMessageContaining(message);
    }

    @Test
    void all_broken_parts_are_reported_at_once() {
        Wire graph = Wire.message()
                .message(1, Wire.message())
                .message(1, Wire.message().text(4, "Relu"))
                .message(1, Wire.message().text(3, "nameless"))
                .message(5, Wire.message().varint(2, 1))
                .message(11, Wire.message());

        ModelException refusal = refusal(model(graph).toBytes());

        assertThat(refusal.problems())
                .extracting(Problem::what)
                .containsExactly(
                        "model.graph.initializer[0]",
                        "model.graph.input[0]",
                        "model.graph.node[0]",
                        "model.graph.node[2]");
    }

    @Test
    void a_file_that_is_cut_anywhere_is_refused() {
        byte[] whole = Fixture.bytes("canonical.onnx");
        int readable = 0;
        for (int length = 1; length < whole.length; length++) {
            try {
                read(Arrays.copyOf(whole, length));
                readable++;
            } catch (ModelException e) {
                assertThat(e.problems()).isNotEmpty();
            }
        }
        // Cuts between two fields behind the graph leave a whole, smaller model: 3 opset imports, 2 entries, 1
        // function.
        assertThat(readable).isEqualTo(6);
    }

    @Test
    void forty_megabytes_of_empty_pairs_meet_a_limit_early() {
        byte[] pairs = new byte[40_000_000];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = 0x0a;
        }
        assertThat(refusal(model(Wire.message()).bytes(7, pairs).toBytes()).problems())
                .isNotEmpty();
        assertThat(refusal(model(Wire.message().bytes(1, pairs)).toBytes()))
                .hasMessage("test.onnx@4000008: model: has more than 2000000 items, the limit");
    }

    @Test
    void limits_are_named() {
        byte[] twoNodes = model(Wire.message()
                        .message(1, Wire.message().text(4, "Relu"))
                        .message(1, Wire.message().text(4, "Relu")))
                .toBytes();
        assertLimit(() -> read(twoNodes, ReadLimits.STRICT.withNodes(1)), "has more than 1 nodes, the limit");
        assertLimit(() -> read(twoNodes, ReadLimits.STRICT.withItems(3)), "has more than 3 items, the limit");
        assertLimit(() -> read(model(Wire.message().text(2, "x".repeat(1025))).toBytes()), "has a name of 1025 bytes");
        assertLimit(() -> read(model(nestedGraphs(9)).toBytes()), "is a subgraph more than 8 deep, the limit");
        assertLimit(
                () -> read(model(Wire.message().message(11, nestedTypes(17))).toBytes()), "nested more than 16 deep");
        assertLimit(
                () -> read(initializer(Wire.message().packed(1, new long[17])).toBytes()),
                "has more than 16 dimensions, the limit");
    }

    @Test
    void subgraphs_and_types_within_the_limit_are_read() {
        assertThat(read(model(nestedGraphs(8)).toBytes())).isNotNull();
        assertThat(read(model(Wire.message().message(11, nestedTypes(16))).toBytes()))
                .isNotNull();
        assertLimit(() -> read(model(nestedGraphs(10_000)).toBytes()), "is a subgraph more than 8 deep, the limit");
    }

    private static Wire nestedGraphs(int depth) {
        Wire graph = Wire.message().text(2, "innermost");
        for (int i = 0; i < depth; i++) {
            graph = Wire.message()
                    .message(
                            1, node(Wire.message().text(1, "body").varint(20, 5).message(6, graph)));
        }
        return graph;
    }

    private static Wire nestedTypes(int depth) {
        Wire type = Wire.message();
        for (int i = 1; i < depth; i++) {
            type = Wire.message().message(4, Wire.message().message(1, type));
        }
        return Wire.message().text(1, "x").message(2, type);
    }

    private static void assertLimit(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Problem.Kind.LIMIT_EXCEEDED))
                .hasMessageContaining(message);
    }

    private static Wire float3() {
        return Wire.message().varint(1, 3).varint(2, 1).text(8, "w");
    }

    private static Wire model(Wire graph) {
        return Wire.message().varint(1, 10).message(7, graph);
    }

    private static Wire initializer(Wire tensor) {
        return model(Wire.message().message(5, tensor));
    }

    private static Wire node(Wire attribute) {
        return Wire.message().text(4, "Op").message(5, attribute);
    }

    private static ModelException refusal(byte[] bytes) {
        return catchThrowableOfType(ModelException.class, () -> read(bytes));
    }

    private static Model read(byte[] bytes) {
        return read(bytes, ReadLimits.STRICT);
    }

    private static Model read(byte[] bytes, ReadLimits limits) {
        return OnnxReader.read(ByteSource.of("test.onnx", bytes), ExternalData.NONE, limits);
    }
}
