package dev.entrepot.formats.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void values_are_read() {
        JsonValue value = read("{\"a\": [1, -2.5e3, true, null, \"\\u20ac\\n\\\"ö\"], \"b\": {}, \"c\": NaN}");

        assertThat(value.member("a").asItems().get(0).asLong()).isEqualTo(1);
        assertThat(value.member("a").asItems().get(1).asDouble()).isEqualTo(-2500);
        assertThat(value.member("a").asItems().get(2).asBool()).isTrue();
        assertThat(value.member("a").asItems().get(3).isNull()).isTrue();
        assertThat(value.member("a").asItems().get(4).asText()).isEqualTo("€\n\"ö");
        assertThat(value.member("b").asMembers()).isEmpty();
        assertThat(value.member("c").asDouble()).isNaN();
        assertThat(value.find("d")).isEmpty();
    }

    @Test
    void wrong_kinds_are_told_with_their_place() {
        assertThatThrownBy(() ->
                        read("{\"a\": [1.5]}").member("a").asItems().get(0).asLong())
                .hasMessage("test.json@7: value: should be a whole number of 64 bits, is the number 1.5");
        assertThatThrownBy(() -> read("{}").member("a")).hasMessage("test.json@0: object: has no member \"a\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "01",
                "1.",
                "+1",
                "nul",
                "\"\\x\"",
                "\"\\u12\"",
                "\"abc",
                "[1] 2",
                "{a:1}",
                "'a'",
                "{\"a\":1,\"a\":2}",
                "[1 2]",
                "\"\\",
                "tru\u00e9"
            })
    void broken_texts_are_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ModelException.class).hasMessageStartingWith("test.json@");
    }

    @Test
    void deep_nesting_is_refused() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).hasMessageContaining("limit depth");
    }

    private static JsonValue read(String text) {
        return Json.read(ByteSource.of("test.json", text.getBytes(StandardCharsets.UTF_8)), JsonLimits.DEFAULT);
    }
}
