package dev.entrepot.onnx.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                " in X",
                " in X T mixd",
                " into X T",
                " attr axis INT =",
                " attr axis INT = 1 2",
                " attr axis INT optional",
                " attr axis STRING = bare",
                " attr axis FLOATS = 1",
            })
    void a_line_that_breaks_the_grammar_is_named(String line) {
        assertThatIllegalStateException()
                .isThrownBy(() -> OperatorParser.parse("op ai.onnx Conv 1\n" + line))
                .withMessageContaining("\"" + line + "\"");
    }

    @ParameterizedTest
    @EnumSource
    void a_list_type_has_the_element_that_its_name_says(AttributeType type) {
        String plural = type.isList() ? type.element().name() + "S" : type.name();

        assertThat(type.name()).isEqualTo(plural);
        assertThat(type.element().isList()).isFalse();
    }
}
