package dev.entrepot.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputSpecTest {

    @Test
    void a_type_and_sizes_make_an_input() {
        assertThat(converted("data:float16[N,3,?]"))
                .isEqualTo(new InputSpec(
                        "data", DataType.FLOAT16, Shape.of(List.of(Dim.of("N"), Dim.of(3), Dim.UNKNOWN))));
    }

    @Test
    void a_number_is_a_value_for_any_network_and_as_python_writes_it() {
        assertThat(converted("train=false").fixed()).contains(0.0);
        assertThat(converted("train=false").literal()).contains("False");
        assertThat(converted("lstm/h=0").fixed()).contains(0.0);
        assertThat(converted("steps=3").literal()).contains("3");
    }

    @Test
    void texts_none_lists_and_tuples_are_values_for_source_only() {
        for (String value : List.of("'max'", "\"max\"", "None", "['fc7','prob']", "(1, 2)", "[]")) {
            InputSpec input = converted("layers=" + value);

            assertThat(input.name()).isEqualTo("layers");
            assertThat(input.fixed()).isEqualTo(Optional.empty());
            assertThat(input.literal()).contains(value);
            assertThat(input.isForSource()).isTrue();
        }
    }

    @Test
    void anything_else_is_wrong_usage() {
        for (String text : List.of("data", "layers=fc7", "data:float33[1]", "data:float32[1,-]")) {
            assertThatThrownBy(() -> converted(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(text);
        }
    }

    private static InputSpec converted(String text) {
        return InputSpec.parse(text);
    }
}
