package dev.entrepot.formats.prototxt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PrototxtReaderTest {

    private static ProtoMessage read(String text) {
        return PrototxtReader.read(ByteSource.of("net.prototxt", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String problem(String text) {
        try {
            read(text);
        } catch (ModelException e) {
            return e.toString().replace(ModelException.class.getName() + ": ", "");
        }
        throw new AssertionError("was read: " + text);
    }

    @Test
    void fields_keep_name_order_and_place() {
        ProtoMessage net = read("name: \"LeNet\"\nlayer {\n  name: 'conv1'\n  top: \"a\" top: \"b\"\n}\n");

        assertThat(net.string("name")).isEqualTo("LeNet");
        ProtoMessage layer = net.message("layer");
        assertThat(layer.strings("top")).containsExactly("a", "b");
        assertThat(layer.location("name")).hasToString("net.prototxt:3:3");
        assertThat(layer.location()).hasToString("net.prototxt:2:7");
    }

    @Test
    void colon_before_a_message_and_angle_brackets_are_optional_forms() {
        ProtoMessage net = read("a: { b: 1 } a < b: 2 > a: < b: 3 >");

        assertThat(net.messages("a").stream().map(a -> a.longOf("b"))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void comments_and_separators_are_accepted() {
        ProtoMessage net = read("# first\na:1,b:2;c:3 d:4# last");

        assertThat(net.longOf("a") + net.longOf("b") + net.longOf("c") + net.longOf("d"))
                .isEqualTo(10);
    }

    @Test
    void lists_hold_scalars_or_messages() {
        ProtoMessage net = read("pad: [1, 2, 3] e: [] shape [{dim: 1}, <dim: 2>]");

        assertThat(net.longs("pad")).containsExactly(1L, 2L, 3L);
        assertThat(net.has("e")).isFalse();
        assertThat(problem("shape [1]")).contains("expected \":\" or \"{\"");
    }

    @Test
    void strings_are_joined_and_unescaped() {
        ProtoMessage net = read("s: \"a\\n\\x41\\101\\\"\" 'b\\u00e9'\n  \"\\346\\227\\245\"");

        assertThat(net.string("s")).isEqualTo("a\nAA\"b\u00e9\u65e5");
    }

    @Test
    void whole_numbers_are_decimal_hexadecimal_or_octal() {
        ProtoMessage net = read("v: 10 v: 0x1F v: 017 v: - 5 v: 0");

        assertThat(net.longs("v")).containsExactly(10L, 31L, 15L, -5L, 0L);
        assertThat(problem("v: 08")).contains("octal");
    }

    @Test
    void floats_take_every_form() {
        ProtoMessage net = read("v: 1 v: .5 v: 5. v: 1e-3 v: 1.5f v: 2F v: inf v: -Infinity v: nan v: -1.25e+2");

        assertThat(net.floats("v"))
                .containsExactly(
                        1f,
                        .5f,
                        5f,
                        1e-3f,
                        1.5f,
                        2f,
                        Float.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        Float.NaN,
                        -125f);
    }

    @Test
    void bools_take_every_form() {
        assertThat(read("v: true v: True v: t v: 1 v: false v: False v: f v: 0").bools("v"))
                .containsExactly(true, true, true, true, false, false, false, false);
    }

    private enum PoolMethod {
        MAX,
        AVE,
        STOCHASTIC
    }

    @Test
    void enums_are_names_or_numbers() {
        assertThat(read("pool: AVE").enumOr("pool", PoolMethod.MAX)).isEqualTo(PoolMethod.AVE);
        assertThat(read("pool: 2").enumOr("pool", PoolMethod.MAX)).isEqualTo(PoolMethod.STOCHASTIC);
        assertThat(read("pool: 2").enumOr("pool", "MAX", "MAX", "AVE", "STOCHASTIC"))
                .isEqualTo("STOCHASTIC");
        assertThat(read("a: 1").enumOr("pool", PoolMethod.MAX)).isEqualTo(PoolMethod.MAX);
        assertThat(read("op: 1").enumOr("op", PoolMethod.AVE, 1)).isEqualTo(PoolMethod.MAX);
        assertThatThrownBy(() -> read("pool: MEAN").enumOr("pool", PoolMethod.MAX))
                .hasMessage("net.prototxt:1:1: pool: is MEAN, expected one of MAX, AVE, STOCHASTIC");
    }

    @Test
    void a_value_of_another_kind_is_malformed_at_its_place() {
        ProtoMessage net = read("type: CONVOLUTION\nkernel_size: 1.5\n pad: -1 big: 99999999999999999999");

        assertThatThrownBy(() -> net.string("type"))
                .hasMessage("net.prototxt:1:1: type: is CONVOLUTION, expected a quoted string");
        assertThatThrownBy(() -> net.longOf("kernel_size"))
                .hasMessageStartingWith("net.prototxt:2:1: kernel_size: is 1.5, expected a whole number");
        assertThatThrownBy(() -> net.unsignedOr("pad", 0))
                .hasMessage("net.prototxt:3:2: pad: is -1, expected a whole number from 0 to 4294967295");
        assertThatThrownBy(() -> net.longOf("big")).hasMessageContaining("99999999999999999999");
        assertThatThrownBy(() -> net.message("type")).hasMessageContaining("expected a message in braces");
    }

    @Test
    void a_single_field_given_twice_is_malformed() {
        assertThatThrownBy(() -> read("a: 1\na: 2").longOf("a"))
                .hasMessage("net.prototxt:2:1: a: is given 2 times (first at net.prototxt:1:1), one value is expected");
    }

    @Test
    void what_was_found_and_expected_is_said_with_line_and_column() {
        assertThat(problem("layer {\n  name \"x\"\n}"))
                .isEqualTo("net.prototxt:2:8: prototxt: found \"x\", expected \":\" or \"{\"");
        assertThat(problem("layer {\n  name: }"))
                .isEqualTo("net.prototxt:2:9: prototxt: found \"}\", expected a value");
        assertThat(problem("layer {\n  name: \"x\"\n"))
                .isEqualTo("net.prototxt:3:1: prototxt: ends here, but the message opened at line 1, column 7"
                        + " is not closed by \"}\"");
        assertThat(problem("}")).contains("net.prototxt:1:1").contains("found \"}\", expected a field name");
        assertThat(problem("a: \"x\ny\"")).contains("net.prototxt:1:4").contains("does not end on its line");
    }

    @Test
    void files_that_are_no_prototxt_are_named() {
        assertThat(problem("")).contains("is empty (0 bytes)");
        assertThat(problem("  <!DOCTYPE html><html>")).contains("is an HTML page");
        assertThat(problem("\n\u0005LeNet\u0012\u0001")).contains("is binary, not text");
        assertThat(problem("version https://git-lfs.github.com/spec/v1\n")).contains("Git LFS pointer");
    }

    @Test
    void limits_stop_deep_and_endless_files() {
        assertThatThrownBy(() -> read("a{".repeat(101)))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(Problem.Kind.LIMIT_EXCEEDED))
                .hasMessageContaining("100 levels");
        assertThat(problem("a".repeat(5000) + ": 1")).contains("limit of 1024");
        assertThat(problem("a: [" + "1,".repeat(1_000_001) + "1]")).contains("1000000 values");
    }

    @Test
    void the_byte_order_mark_is_skipped() {
        assertThat(read("\ufeffa: 1").location("a")).hasToString("net.prototxt:1:1");
    }

    @Test
    void what_is_printed_reads_back_the_same() {
        String text = "name: \"a\\\"\\303\\251\"\nlayer {\n  pad: [1, -2]\n  x < y: MAX >\n  z: 1.5\n}\n";
        String printed = read(text).toString();

        assertThat(printed)
                .isEqualTo(
                        "name: \"a\\\"\\303\\251\"\nlayer {\n  pad: 1\n  pad: -2\n  x {\n    y: MAX\n  }\n  z: 1.5\n}\n");
        assertThat(read(printed)).hasToString(printed);
    }
}
