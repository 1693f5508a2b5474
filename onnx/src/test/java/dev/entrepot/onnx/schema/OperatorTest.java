package dev.entrepot.onnx.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.entrepot.onnx.schema.FormalParameter.Occurrence;
import dev.entrepot.tensor.DataType;
import org.junit.jupiter.api.Test;

/** Expected values were read by hand in ONNX's docs/Changelog.md and onnx/defs. */
class OperatorTest {

    @Test
    void a_float_default_is_exact() {
        assertThat(attribute("LRN", 13, "alpha").defaultFloat()).isEqualTo(0.0001f);
        assertThat(attribute("LRN", 13, "beta").defaultFloat()).isEqualTo(0.75f);
        assertThat(attribute("BatchNormalization", 15, "epsilon").defaultFloat())
                .isEqualTo(1e-5f);
        // The documentation rounds this one: onnx/defs/math/defs.cc, Selu_default_alpha.
        assertThat(attribute("Selu", 6, "alpha").defaultFloat()).isEqualTo(1.67326319217681884765625f);
        assertThat(attribute("Clip", 6, "max").defaultFloat()).isEqualTo(Float.MAX_VALUE);
    }

    @Test
    void every_kind_of_default_keeps_its_type() {
        assertThat(attribute("Gemm", 13, "transB").defaultInt()).isZero();
        assertThat(attribute("Softmax", 13, "axis").defaultInt()).isEqualTo(-1);
        assertThat(attribute("Conv", 11, "auto_pad").defaultString()).isEqualTo("NOTSET");
        assertThat(attribute("RNN", 14, "activations").defaultStrings()).containsExactly("Tanh", "Tanh");
        assertThat(attribute("MeanVarianceNormalization", 13, "axes").defaultInts())
                .containsExactly(0L, 2L, 3L);
    }

    @Test
    void an_attribute_without_default_is_required_or_may_be_absent() {
        AttributeSchema required = attribute("LRN", 13, "size");
        AttributeSchema absent = attribute("Conv", 11, "pads");

        assertThat(required.isRequired()).isTrue();
        assertThat(absent.isRequired()).isFalse();
        assertThat(absent.whenAbsent()).isEqualTo(new AttributeDefault.Absent());
        assertThatIllegalStateException().isThrownBy(absent::defaultInts).withMessageContaining("\"pads\"");
    }

    @Test
    void an_attribute_has_its_type() {
        assertThat(attribute("If", 19, "then_branch").type()).isEqualTo(AttributeType.GRAPH);
        assertThat(attribute("Constant", 13, "value").type()).isEqualTo(AttributeType.TENSOR);
        assertThat(attribute("Constant", 13, "sparse_value").type()).isEqualTo(AttributeType.SPARSE_TENSOR);
        assertThat(attribute("Optional", 15, "type").type()).isEqualTo(AttributeType.TYPE_PROTO);
        assertThat(attribute("LSTM", 14, "activation_alpha").type()).isEqualTo(AttributeType.FLOATS);
        assertThat(operator("Conv", 11).attribute("axis")).isEmpty();
    }

    @Test
    void max_pool_has_a_second_optional_output_from_version_8_on() {
        Operator before = operator("MaxPool", 1);
        Operator after = operator("MaxPool", 8);

        assertThat(before.maxOutputs()).isEqualTo(1);
        assertThat(after.outputs()).extracting(FormalParameter::name).containsExactly("Y", "Indices");
        assertThat(after.outputs().get(1).occurrence()).isEqualTo(Occurrence.OPTIONAL);
        assertThat(after.minOutputs()).isEqualTo(1);
        assertThat(after.maxOutputs()).isEqualTo(2);
        assertThat(after.output(2)).isEmpty();
    }

    @Test
    void concat_takes_any_number_of_inputs_but_at_least_one() {
        Operator concat = operator("Concat", 13);

        assertThat(concat.minInputs()).isEqualTo(1);
        assertThat(concat.maxInputs()).isEqualTo(Integer.MAX_VALUE);
        assertThat(concat.input(99)).get().isEqualTo(concat.inputs().get(0));
        assertThat(concat.inputs().get(0).occurrence()).isEqualTo(Occurrence.VARIADIC);
    }

    @Test
    void the_places_before_a_variadic_input_count_even_if_they_may_be_empty() {
        // docs/Changelog.md, Loop-13: Inputs (2 - inf), M and cond optional.
        Operator loop = operator("Loop", 13);

        assertThat(loop.minInputs()).isEqualTo(2);
        assertThat(loop.input(0)).get().extracting(FormalParameter::occurrence).isEqualTo(Occurrence.OPTIONAL);
        assertThat(loop.input(2))
                .get()
                .extracting(FormalParameter::occurrence)
                .isEqualTo(Occurrence.VARIADIC_HETEROGENEOUS);
    }

    @Test
    void optional_inputs_after_the_last_needed_one_may_be_left_out() {
        Operator clip = operator("Clip", 13);

        assertThat(clip.minInputs()).isEqualTo(1);
        assertThat(clip.maxInputs()).isEqualTo(3);
    }

    @Test
    void type_constraints_say_which_tensors_are_allowed() {
        TypeConstraint before = operator("Relu", 6).typeConstraint("T").orElseThrow();
        TypeConstraint after = operator("Relu", 14).typeConstraint("T").orElseThrow();

        assertThat(before.allowed()).containsExactlyInAnyOrder("tensor(float16)", "tensor(float)", "tensor(double)");
        assertThat(before.allowsTensor(DataType.FLOAT)).isTrue();
        assertThat(before.allowsTensor(DataType.INT32)).isFalse();
        assertThat(after.allowsTensor(DataType.INT32)).isTrue();
    }

    @Test
    void a_parameter_without_type_variable_allows_its_one_type() {
        Operator split = operator("Split", 18);

        assertThat(split.allowedTypes(split.inputs().get(0))).contains("tensor(float)", "tensor(string)");
        assertThat(split.allowedTypes(split.inputs().get(1))).containsExactly("tensor(int64)");
    }

    @Test
    void types_other_than_tensors_keep_their_spelling() {
        Operator zipMap = Operators.onnx().find("ai.onnx.ml", "ZipMap", 1).orElseThrow();

        assertThat(zipMap.allowedTypes(zipMap.outputs().get(0)))
                .containsExactlyInAnyOrder("seq(map(string,float))", "seq(map(int64,float))");
    }

    @Test
    void upsample_is_deprecated_from_version_10_on() {
        assertThat(operator("Upsample", 9).isDeprecated()).isFalse();
        assertThat(Operators.onnx().find("", "Upsample", 20)).get().hasToString("Upsample-10");
        assertThat(operator("Upsample", 10).isDeprecated()).isTrue();
    }

    @Test
    void softmax_is_a_function_from_version_13_on() {
        assertThat(operator("Softmax", 11).isFunction()).isFalse();
        assertThat(operator("Softmax", 13).isFunction()).isTrue();
    }

    private static Operator operator(String name, int version) {
        Operator found = Operators.onnx().find("", name, version).orElseThrow();
        assertThat(found.sinceVersion()).isEqualTo(version);
        return found;
    }

    private static AttributeSchema attribute(String operator, int version, String name) {
        return operator(operator, version).attribute(name).orElseThrow();
    }
}
