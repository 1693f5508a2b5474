package dev.entrepot.onnx.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Expected numbers were read by hand in ONNX's docs/Changelog.md, or counted there as each test says. */
class OperatorsTest {

    private static final Operators ONNX = Operators.onnx();

    @Test
    void conv_has_the_versions_1_11_and_22() {
        assertThat(ONNX.history("", "Conv")).extracting(Operator::sinceVersion).containsExactly(1, 11, 22);
    }

    @Test
    void the_newest_version_that_the_opset_has_is_found() {
        assertThat(ONNX.find("", "Conv", 10)).get().hasToString("Conv-1");
        assertThat(ONNX.find("", "Conv", 11)).get().hasToString("Conv-11");
        assertThat(ONNX.find("", "Conv", 20)).get().hasToString("Conv-11");
        assertThat(ONNX.find("", "Conv", Long.MAX_VALUE)).get().hasToString("Conv-22");
    }

    @Test
    void an_operator_is_not_found_before_its_first_version() {
        assertThat(ONNX.find("", "Gelu", 19)).isEmpty();
        assertThat(ONNX.find("", "Gelu", 20)).isPresent();
    }

    @Test
    void a_name_that_no_operator_has_is_not_found() {
        for (String name : List.of(
                "",
                "A",
                "Con",
                "Convolution",
                "conv",
                "Conv 1",
                "Conv 11\n",
                "zzz",
                "\n\nop ai.onnx Conv",
                "GroupNormalization 18")) {
            assertThat(ONNX.history("", name)).as(name).isEmpty();
        }
    }

    @Test
    void the_empty_domain_and_ai_onnx_are_the_same() {
        assertThat(ONNX.history("ai.onnx", "Conv")).isEqualTo(ONNX.history("", "Conv"));
        assertThat(ONNX.names("ai.onnx")).isEqualTo(ONNX.names(""));
        assertThat(ONNX.history("", "Conv")).extracting(Operator::domain).containsOnly("");
    }

    @Test
    void each_domain_has_operators_of_its_own() {
        assertThat(ONNX.domains()).containsExactly("", "ai.onnx.ml", "ai.onnx.preview", "ai.onnx.preview.training");
        assertThat(ONNX.find("ai.onnx.ml", "Scaler", 5)).get().hasToString("ai.onnx.ml.Scaler-1");
        assertThat(ONNX.find("", "Scaler", 20)).isEmpty();
        assertThat(ONNX.find("ai.onnx.m", "Scaler", 5)).isEmpty();
        assertThat(ONNX.names("com.microsoft")).isEmpty();
    }

    @Test
    void the_newest_opsets_are_those_of_the_release() {
        // The version table of ONNX 1.23.0 in onnx/helper.py: opset 28, ai.onnx.ml 5, training 1.
        assertThat(ONNX.latestOpset("")).isEqualTo(28);
        assertThat(ONNX.latestOpset("ai.onnx.ml")).isEqualTo(5);
        assertThat(ONNX.latestOpset("ai.onnx.preview.training")).isEqualTo(1);
        assertThat(ONNX.latestOpset("com.microsoft")).isZero();
    }

    @Test
    void opset_20_has_as_many_operators_as_its_release_documents() {
        // Tag v1.15.0: grep -cE '^\|<a href="#[A-Z]' docs/Operators.md
        assertThat(ONNX.names("").stream()
                        .filter(name -> ONNX.find("", name, 20).isPresent()))
                .hasSize(193);
        // and: grep -cE '^### <a name="[A-Z]\w*-[0-9]+"' docs/Changelog.md
        assertThat(all("").filter(operator -> operator.sinceVersion() <= 20)).hasSize(474);
    }

    @Test
    void the_ml_domain_has_as_many_operators_as_its_release_documents() {
        // Tag v1.22.0: the same counts in docs/Operators-ml.md and docs/Changelog-ml.md.
        assertThat(ONNX.names("ai.onnx.ml")).hasSize(19);
        assertThat(all("ai.onnx.ml")).hasSize(25);
    }

    @Test
    void every_operator_is_read_and_found_again() {
        assertThat(ONNX.domains().stream().flatMap(OperatorsTest::all))
                .hasSizeGreaterThan(600)
                .allSatisfy(operator -> {
                    assertThat(operator.outputs()).isNotEmpty();
                    assertThat(ONNX.find(operator.domain(), operator.name(), operator.sinceVersion()))
                            .containsSame(operator);
                });
    }

    @Test
    void every_parameter_has_a_known_type() {
        assertThat(ONNX.domains().stream().flatMap(OperatorsTest::all))
                .flatExtracting(OperatorsTest::parameterTypes)
                .allSatisfy(type -> assertThat(type).matches("(tensor|seq|map|optional)\\(.*\\)"));
    }

    private static List<String> parameterTypes(Operator operator) {
        return Stream.concat(operator.inputs().stream(), operator.outputs().stream())
                .flatMap(parameter -> operator.allowedTypes(parameter).stream())
                .toList();
    }

    private static Stream<Operator> all(String domain) {
        return ONNX.names(domain).stream().flatMap(name -> ONNX.history(domain, name).stream());
    }
}
