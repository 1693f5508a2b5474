package dev.entrepot.formats.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.pickle.PickleValue.Bytes;
import dev.entrepot.formats.pickle.PickleValue.Call;
import dev.entrepot.formats.pickle.PickleValue.DictValue;
import dev.entrepot.formats.pickle.PickleValue.Global;
import dev.entrepot.formats.pickle.PickleValue.ListValue;
import dev.entrepot.formats.pickle.PickleValue.SetValue;
import dev.entrepot.formats.pickle.PickleValue.Text;
import dev.entrepot.formats.pickle.PickleValue.TupleValue;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were written by CPython's pickle: tools/torch-fixtures.py, pickles(). */
class PickleReaderTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void every_protocol_gives_the_same_values(int protocol) throws IOException {
        Map<String, PickleValue> values =
                dict(Pickle.read(file("protocol" + protocol + ".pkl")).value());

        assertThat(values.get("none")).isInstanceOf(PickleValue.None.class);
        assertThat(values.get("true")).isEqualTo(new PickleValue.Bool(true));
        assertThat(values.get("false")).isEqualTo(new PickleValue.Bool(false));
        assertThat(values.get("small")).isEqualTo(PickleValue.Int.of(5));
        assertThat(values.get("byte")).isEqualTo(PickleValue.Int.of(200));
        assertThat(values.get("short")).isEqualTo(PickleValue.Int.of(60000));
        assertThat(values.get("negative")).isEqualTo(PickleValue.Int.of(-7));
        assertThat(values.get("int32")).isEqualTo(PickleValue.Int.of(-2_000_000_000));
        assertThat(values.get("long")).isEqualTo(PickleValue.Int.of(1L << 40));
        assertThat(values.get("huge"))
                .isEqualTo(new PickleValue.Int(BigInteger.ONE.shiftLeft(200).negate()));
        assertThat(values.get("float")).isEqualTo(new PickleValue.Float(0.1));
        assertThat(values.get("infinity")).isEqualTo(new PickleValue.Float(Double.POSITIVE_INFINITY));
        assertThat(values.get("text")).isEqualTo(new Text("größe\n\\u0041 €😀"));
        assertThat(items(values.get("long_list"))).hasSize(40).last().isEqualTo(PickleValue.Int.of(39));
        assertThat(items(values.get("tuples")))
                .extracting(tuple -> ((TupleValue) tuple).items().size())
                .containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void what_is_shared_stays_shared(int protocol) throws IOException {
        Map<String, PickleValue> values =
                dict(Pickle.read(file("protocol" + protocol + ".pkl")).value());

        List<PickleValue> shared = items(values.get("shared"));
        assertThat(shared.get(0)).isSameAs(shared.get(1));
    }

    @Test
    void byte_strings_stay_in_the_file() throws IOException {
        Map<String, PickleValue> values =
                dict(Pickle.read(file("protocol3.pkl")).value());

        assertThat(values.get("bytes"))
                .isInstanceOfSatisfying(
                        Bytes.class,
                        bytes -> assertThat(bytes.source())
                                .satisfies(
                                        source -> assertThat(source.readAll(10)).containsExactly(0, 0xff, '\'', '"')));
    }

    @Test
    void sets_keep_their_items() throws IOException {
        assertThat(dict(Pickle.read(file("protocol4.pkl")).value()).get("set"))
                .isInstanceOfSatisfying(
                        SetValue.class, set -> assertThat(set.items()).containsExactly(PickleValue.Int.of(1)));
    }

    @Test
    void a_call_is_data() {
        Pickle pickle = Pickle.read(pickle("cos\nsystem\n(S'rm -rf /'\ntR."));

        Call call = (Call) pickle.value();
        assertThat(call.callable()).hasToString("os.system");
        assertThat(((TupleValue) call.arguments()).items()).containsExactly(new Text("rm -rf /"));
        assertThat(pickle.globals()).extracting(Global::qualifiedName).containsExactly("os.system");
        assertThat(call.where()).hasToString("test.pkl@25");
    }

    @Test
    void a_state_reaches_an_object_that_was_remembered_before() {
        TupleValue both = (TupleValue)
                Pickle.read(pickle("((ca\nB\nop0\n}S'x'\nI1\nsbg0\nt.")).value();

        assertThat(both.items().get(1)).isSameAs(both.items().get(0));
        assertThat(((Call) both.items().get(1)).states()).hasSize(1);
    }

    @Test
    void old_instances_and_objects_are_data() {
        assertThat(((Call) Pickle.read(pickle("(I1\nim\nC\n.")).value()).kind()).isEqualTo(Call.Kind.NEW);
        assertThat(((Call) Pickle.read(pickle("(cm\nC\nI1\no.")).value()).callable())
                .hasToString("m.C");
    }

    @Test
    void a_list_may_hold_itself() {
        ListValue list = (ListValue) Pickle.read(pickle("]q\0h\0a.")).value();

        assertThat(list.items()).containsExactly(list);
    }

    @Test
    void pickles_in_a_row_are_read_one_by_one() {
        PickleReader reader = new PickleReader(pickle("I1\n.I2\n.rest"), PickleLimits.DEFAULT);

        assertThat(reader.next().value()).isEqualTo(PickleValue.Int.of(1));
        assertThat(reader.next().end()).isEqualTo(8);
        assertThat(reader.remaining()).isEqualTo(4);
    }

    @Test
    void escapes_of_old_strings_are_undone() {
        assertThat(Pickle.read(pickle("S'a\\n\\x41\\101\\\\\\''\n.")).value()).isEqualTo(new Text("a\nAA\\'"));
        assertThat(Pickle.read(pickle("Va\\u20ac\\U0001f600\n.")).value()).isEqualTo(new Text("a€😀"));
    }

    @Test
    void names_before_the_break_are_known() {
        PickleReader reader = new PickleReader(pickle("cos\nsystem\n(S'x'\ntR\u0001"), PickleLimits.DEFAULT);

        assertThatThrownBy(reader::next)
                .hasMessage("test.pkl@19: pickle: has the byte 0x01 where an instruction should be");
        assertThat(reader.globals()).extracting(Global::qualifiedName).containsExactly("os.system");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "I1\nI2\n.",
                "(.",
                "t.",
                "(0.",
                "a.",
                "]I1\ns.",
                "I1\nI2\na.",
                "g0\n.",
                "(I1\nd.",
                "Ix\n.",
                "F1e\n.",
                "L\n.",
                "Sabc\n.",
                "S'\\x4'\n.",
                "S'a\\'\n.",
                "V\\u12\n.",
                "\u0080\u0006.",
                "\u0097.",
                "\u0082\u0001.",
                "X\u00ff\u00ff\u00ff\u007f",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.",
                "(o.",
                "I1\nI2\nb.",
                "I1\nI2\n\u0093.",
                "j\u00ff\u00ff\u00ff\u00ff.",
                "\u0095\u0001\u0001\u0001\u0001\u0001\u0001\u0001\u0001.",
                "q\0."
            })
    void broken_pickles_are_refused(String text) {
        assertThatThrownBy(() -> Pickle.read(pickle(text)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("test.pkl@");
    }

    @Test
    void limits_are_kept() {
        PickleLimits tight = new PickleLimits(20, 5, 3, 1, 8, 3);

        assertLimit(tight, "N0".repeat(11) + "N.", "limit opcodes");
        assertLimit(tight, "((((((", "limit stack");
        assertLimit(tight, "Np0\np1\np2\np3\n.", "limit memo");
        assertLimit(tight, "X\u0004\0\0\0abcdX\u0005\0\0\0abcde.", "limit bytes");
        assertLimit(
                new PickleLimits(1_000_000, 10_000, 100, 50, 1_000_000, 3),
                "Np0\n" + "g0\n0".repeat(10_001) + ".",
                "limit getsPerPut");
    }

    private static void assertLimit(PickleLimits limits, String text, String limit) {
        assertThatThrownBy(() -> new PickleReader(pickle(text), limits).next()).hasMessageContaining(limit);
    }

    private static ByteSource pickle(String text) {
        return ByteSource.of("test.pkl", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<PickleValue> items(@Nullable PickleValue value) {
        return ((ListValue) Objects.requireNonNull(value)).items();
    }

    private static Map<String, PickleValue> dict(PickleValue value) {
        Map<String, PickleValue> values = new HashMap<>();
        ((DictValue) value).entries().forEach(entry -> values.put(((Text) entry.getKey()).value(), entry.getValue()));
        return values;
    }

    private static ByteSource file(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PickleReaderTest.class.getResourceAsStream(name))) {
            return ByteSource.of(name, in.readAllBytes());
        }
    }
}
