package dev.entrepot.formats.torch.exported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.json.Json;
import dev.entrepot.formats.json.JsonLimits;
import dev.entrepot.formats.torch.TorchDtype;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every member of the union. Source: torch/_export/serde/schema.py, Argument. */
class ArgumentReaderTest {

    private static final SymArgument NAMED = new SymArgument.Named("n");

    static Stream<Arguments> members() {
        return Stream.of(
                Arguments.of("{'as_none': true}", new Argument.AsNone()),
                Arguments.of("{'as_tensor': {'name': 'x'}}", new Argument.AsTensor("x")),
                Arguments.of(
                        "{'as_tensors': [{'name': 'x'}, {'name': 'y'}]}", new Argument.AsTensors(List.of("x", "y"))),
                Arguments.of("{'as_int': -3}", new Argument.AsInt(-3)),
                Arguments.of("{'as_ints': [1, 2]}", new Argument.AsInts(List.of(1L, 2L))),
                Arguments.of("{'as_float': 0.5}", new Argument.AsFloat(0.5)),
                Arguments.of("{'as_float': '-Infinity'}", new Argument.AsFloat(Double.NEGATIVE_INFINITY)),
                Arguments.of("{'as_floats': [1, 'NaN']}", new Argument.AsFloats(List.of(1.0, Double.NaN))),
                Arguments.of("{'as_string': 'mean'}", new Argument.AsString("mean")),
                Arguments.of("{'as_strings': ['a']}", new Argument.AsStrings(List.of("a"))),
                Arguments.of("{'as_sym_int': {'as_name': 'n'}}", new Argument.AsSymInt(NAMED)),
                Arguments.of(
                        "{'as_sym_ints': [{'as_name': 'n'}, {'as_int': 2}]}",
                        new Argument.AsSymInts(List.of(NAMED, new SymArgument.Known(new SymValue.Int(2))))),
                Arguments.of("{'as_scalar_type': 13}", new Argument.AsScalarType(TorchDtype.BFLOAT16)),
                Arguments.of("{'as_memory_format': 2}", new Argument.AsMemoryFormat(MemoryFormat.CHANNELS_LAST)),
                Arguments.of("{'as_layout': 7}", new Argument.AsLayout(Layout.STRIDED)),
                Arguments.of(
                        "{'as_device': {'type': 'cuda', 'index': 1}}",
                        new Argument.AsDevice(new Device("cuda", Optional.of(1L)))),
                Arguments.of("{'as_bool': false}", new Argument.AsBool(false)),
                Arguments.of("{'as_bools': [true]}", new Argument.AsBools(List.of(true))),
                Arguments.of(
                        "{'as_sym_bool': {'as_bool': true}}",
                        new Argument.AsSymBool(new SymArgument.Known(new SymValue.Bool(true)))),
                Arguments.of("{'as_sym_bools': [{'as_name': 'n'}]}", new Argument.AsSymBools(List.of(NAMED))),
                Arguments.of(
                        "{'as_optional_tensors': [{'as_none': true}, {'as_tensor': {'name': 'x'}}]}",
                        new Argument.AsOptionalTensors(List.of(Optional.empty(), Optional.of("x")))),
                Arguments.of(
                        "{'as_custom_obj': {'name': 'o', 'class_fqn': 'a.B'}}", new Argument.AsCustomObj("o", "a.B")),
                Arguments.of(
                        "{'as_operator': 'torch.ops.aten.add.Tensor'}",
                        new Argument.AsOperator("torch.ops.aten.add.Tensor")),
                Arguments.of(
                        "{'as_sym_float': {'as_float': 1.5}}",
                        new Argument.AsSymFloat(new SymArgument.Known(new SymValue.Real(1.5)))),
                Arguments.of("{'as_sym_floats': [{'as_name': 'n'}]}", new Argument.AsSymFloats(List.of(NAMED))),
                Arguments.of(
                        "{'as_optional_tensor': {'as_none': true}}", new Argument.AsOptionalTensor(Optional.empty())),
                Arguments.of("{'as_complex': {'real': 1.0, 'imag': 2.0}}", new Argument.AsComplex(1, 2)),
                Arguments.of(
                        "{'as_nested_tensors': [[{'name': 'x'}], []]}",
                        new Argument.AsNestedTensors(List.of(List.of("x"), List.of()))),
                Arguments.of(
                        "{'as_int_lists': [[1], [2, 3]]}",
                        new Argument.AsIntLists(List.of(List.of(1L), List.of(2L, 3L)))),
                Arguments.of("{'as_float_lists': [[0.5]]}", new Argument.AsFloatLists(List.of(List.of(0.5)))),
                Arguments.of(
                        "{'as_string_to_argument': {'k': {'as_int': 1}}}",
                        new Argument.AsStringToArgument(Map.of("k", new Argument.AsInt(1)))));
    }

    @ParameterizedTest
    @MethodSource("members")
    void every_member_is_read(String text, Argument expected) {
        assertThat(read(text)).isEqualTo(expected);
    }

    @Test
    void members_that_are_null_are_not_set() {
        assertThat(read("{'as_none': null, 'as_int': 4}")).isEqualTo(new Argument.AsInt(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'as_quaternion': 1}|has the member \"as_quaternion\", which schemas up to 8.20 do not know",
                "{'as_int': 1, 'as_bool': true}|should have one member, has 2",
                "{}|should have one member, has 0",
                "{'as_int': 'one'}|should be a whole number, is a text",
                "{'as_int': 1.5}|should be a whole number of 64 bits",
                "{'as_tensor': 'x'}|should be an object, is a text",
                "{'as_tensor': {}}|has no member \"name\"",
                "{'as_scalar_type': 99}|number 99 is not known",
                "{'as_layout': -1}|has no number -1",
                "{'as_sym_int': {'as_text': 1}}|has the member \"as_text\"",
                "[1]|should be an object, is an array",
            })
    void others_are_refused(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("argument.json@")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "s0 + 1|s0 + 1",
                "Symbol('s77', positive=True, integer=True)|s77",
                "Add(Symbol('s0', integer=True), Integer(-1))|s0 + -1",
                "Mul(Integer(2), Add(Symbol('s0', integer=True), Integer(1)))|2*(s0 + 1)",
                "torch.utils._sympy.functions.FloorDiv(Symbol('s0', integer=True), Integer(2))|FloorDiv(s0, 2)",
                "Add(Symbol('s0'|Add(Symbol('s0'",
            })
    void expressions_are_shown_as_people_write_them(String written, String shown) {
        assertThat(SymbolicText.of(new SymValue.Expr(written, Optional.empty())))
                .isEqualTo(shown);
    }

    private static Argument read(String text) {
        byte[] bytes = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ArgumentReader.argument(Json.read(ByteSource.of("argument.json", bytes), JsonLimits.DEFAULT));
    }
}
