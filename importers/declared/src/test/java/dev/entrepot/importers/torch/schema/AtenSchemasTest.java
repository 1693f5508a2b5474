package dev.entrepot.importers.torch.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AtenSchemasTest {

    @Test
    void every_line_is_read_and_written_as_it_was() {
        List<String> lines = SchemaResource.text("aten-schemas.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
        assertThat(lines).hasSizeGreaterThan(2800);
        assertThat(lines)
                .allSatisfy(line -> assertThat(FunctionSchema.parse(line)).hasToString(line));
    }

    @Test
    void every_operator_is_found_by_its_name_with_all_its_overloads() {
        List<String> found = AtenSchemas.names().stream()
                .flatMap(name -> AtenSchemas.overloads(name).stream())
                .map(FunctionSchema::toString)
                .toList();
        assertThat(SchemaResource.text("aten-schemas.txt").lines().filter(line -> !line.startsWith("#")))
                .containsExactlyElementsOf(found);
    }

    @Test
    void only_types_that_are_meant_to_be_generic_are_variables() {
        assertThat(AtenSchemas.names().stream()
                        .flatMap(name -> AtenSchemas.overloads(name).stream())
                        .flatMap(schema -> schema.arguments().stream())
                        .map(Argument::type)
                        .filter(SchemaType.Variable.class::isInstance)
                        .distinct())
                .extracting(SchemaType::toString)
                .containsOnly("t", "t1", "t2");
    }

    @Test
    void an_unknown_operator_has_no_overloads() {
        assertThat(AtenSchemas.overloads("aten::perform_magic")).isEmpty();
        assertThat(AtenSchemas.overloads("aaa::first")).isEmpty();
        assertThat(AtenSchemas.overloads("zzz::last")).isEmpty();
        assertThat(AtenSchemas.exact("aten::add.Magic")).isEmpty();
    }

    @Test
    void a_convolution_has_defaults() {
        FunctionSchema conv2d = AtenSchemas.exact("aten::conv2d.default").orElseThrow();
        assertThat(conv2d).isEqualTo(AtenSchemas.exact("aten::conv2d").orElseThrow());
        Argument stride = conv2d.argument("stride").orElseThrow();
        assertThat(stride.type()).isEqualTo(new SchemaType.ListType(SchemaType.Plain.SYM_INT, OptionalInt.of(2)));
        assertThat(stride.defaultValue().orElseThrow())
                .isEqualTo(new DefaultValue.ListOf(List.of(new DefaultValue.Int(1), new DefaultValue.Int(1))));
        assertThat(conv2d.argument("bias").orElseThrow().type().takesNone()).isTrue();
        assertThat(conv2d.argument("weight").orElseThrow().isRequired()).isTrue();
    }

    @Test
    void numbers_and_strings_mean_what_they_say() {
        assertThat(value("aten::layer_norm", "eps"))
                .isInstanceOfSatisfying(
                        DefaultValue.Real.class, eps -> assertThat(eps.value()).isEqualTo(1e-5));
        assertThat(value("aten::strip", "chars")).isEqualTo(new DefaultValue.Text(" \n\t\f\u000b"));
        assertThat(value("aten::celu", "alpha")).isInstanceOf(DefaultValue.Real.class);
        assertThat(value("aten::sum.dim_IntList", "keepdim")).isEqualTo(new DefaultValue.Bool(false));
        assertThat(value("aten::sum", "dtype")).isEqualTo(DefaultValue.None.NONE);
    }

    @Test
    void arguments_by_keyword_only_are_known() {
        FunctionSchema add = AtenSchemas.exact("aten::add.Tensor").orElseThrow();
        assertThat(add.arguments()).extracting(Argument::keywordOnly).containsExactly(false, false, true);
    }

    @Test
    void what_is_changed_and_what_is_a_view_is_known() {
        assertThat(AtenSchemas.exact("aten::relu_").orElseThrow().isMutable()).isTrue();
        assertThat(AtenSchemas.exact("aten::relu_").orElseThrow().isView()).isFalse();
        assertThat(AtenSchemas.exact("aten::view").orElseThrow().isView()).isTrue();
        assertThat(AtenSchemas.exact("aten::view").orElseThrow().isMutable()).isFalse();
        assertThat(AtenSchemas.exact("aten::relu").orElseThrow().isView()).isFalse();
        AliasInfo chunks = AtenSchemas.exact("aten::chunk")
                .orElseThrow()
                .returns()
                .get(0)
                .alias()
                .orElseThrow();
        assertThat(chunks).isEqualTo(new AliasInfo(List.of("a"), List.of("a"), false, 1));
    }

    @Test
    void the_overloads_stand_in_the_order_in_which_they_are_tried() {
        assertThat(AtenSchemas.overloads("aten::mul"))
                .extracting(FunctionSchema::overload)
                .startsWith("Tensor", "Scalar")
                .endsWith("");
    }

    @Test
    void outputs_and_derivatives_are_left_out_and_torchvision_is_not() {
        assertThat(AtenSchemas.exact("aten::add.out")).isEmpty();
        assertThat(AtenSchemas.overloads("aten::gelu_backward")).isEmpty();
        assertThat(AtenSchemas.overloads("torchvision::nms")).hasSize(1);
        assertThat(AtenSchemas.overloads("quantized_decomposed::quantize_per_tensor"))
                .hasSize(3);
    }

    @Test
    void a_broken_schema_is_refused_with_its_place() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FunctionSchema.parse("aten::relu(Tensor) -> Tensor"))
                .withMessage("schema \"aten::relu(Tensor) -> Tensor\", character 17: found \")\", expected \" \"");
    }

    @Test
    void a_division_in_a_file_before_version_4_truncates_integers() {
        assertThat(Upgraders.torch().of("aten::div", 3))
                .filteredOn(upgrader -> upgrader.schema().overload().equals("Tensor"))
                .extracting(Upgrader::change)
                .containsExactly(Upgrader.Change.TRUNCATES_INTEGERS);
        assertThat(Upgraders.torch().of("aten::div", 4)).isEmpty();
    }

    @Test
    void every_older_meaning_is_of_an_operator_of_today() {
        assertThat(Upgraders.torch().all())
                .hasSize(12)
                .allSatisfy(upgrader -> assertThat(
                                AtenSchemas.exact(upgrader.schema().qualifiedName()))
                        .isNotEmpty());
    }

    private DefaultValue value(String operator, String argument) {
        Optional<FunctionSchema> schema = AtenSchemas.exact(operator);
        return schema.orElseThrow()
                .argument(argument)
                .orElseThrow()
                .defaultValue()
                .orElseThrow();
    }
}
