package dev.entrepot.formats.torch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.GlobalUse.Verdict;
import dev.entrepot.formats.torch.TorchValue.Dict;
import dev.entrepot.formats.torch.TorchValue.Opaque;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that mean harm: nothing is run, and what is wrong is told with its place. */
@Timeout(300)
class HostileFilesTest {

    private static final String STORAGE = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0" + "0X\3\0\0\0cpuK\6tQ";

    @Test
    void a_command_is_kept_as_data_and_told() {
        TorchFile file = TorchFile.read(archive("\u0080\2}X\1\0\0\0acos\nsystem\nX\6\0\0\0echo 1\u0085Rs."));

        Opaque call = (Opaque) ((Dict) file.value()).find("a").orElseThrow();
        assertThat(call.reason()).isEqualTo("calls os.system, which is not on the allow-list");
        assertThat(file.globals()).singleElement().satisfies(use -> {
            assertThat(use.name()).isEqualTo("os.system");
            assertThat(use.verdict()).isEqualTo(Verdict.NOT_ALLOWED);
            assertThat(use.first()).hasToString("evil.pth!evil/data.pkl@9");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "os|system",
                "posix|system",
                "builtins|eval",
                "__builtin__|exec",
                "subprocess|Popen",
                "torch|load",
                "torch.hub|load",
                "torch._utils|os.system",
                "torch.nn.modules.linear|os.system",
                "collections|os",
                "numpy.core.multiarray|exec",
                "_codecs|lookup",
                "torch.jit|load",
                "runpy|run_path",
                "torch.nn.modules|",
                "collections.OrderedDict|x",
                "builtins|getattr"
            })
    void names_beside_the_allowed_ones_are_not_allowed(String module, String name) {
        String text = "\u0080\2c" + module + "\n" + (name == null ? "" : name) + "\n.";

        assertThat(TorchFile.read(archive(text)).globals())
                .singleElement()
                .satisfies(use -> assertThat(use.verdict()).isNotEqualTo(Verdict.ALLOWED));
    }

    @Test
    void names_assembled_on_the_stack_are_judged_too() {
        TorchFile file = TorchFile.read(archive("\u0080\4\u008c\2os\u008c\6system\u0093\u008c\1x\u0085R."));

        assertThat(file.globals()).extracting(GlobalUse::verdict).containsExactly(Verdict.NOT_ALLOWED);
    }

    @Test
    void a_payload_before_a_break_is_told_with_the_break() {
        assertThatThrownBy(() -> TorchFile.read(archive("\u0080\2cos\nsystem\nX\1\0\0\0x\u0085R\u00ff")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has the byte 0xff where an instruction should be")
                .hasMessageContaining("evil.pth!evil/data.pkl@2: name os.system: is not on the allow-list");
    }

    @Test
    void a_payload_in_a_second_pickle_is_told() {
        String two = "\u0080\2]." + "\u0080\2cos\nsystem\nX\1\0\0\0x\u0085R.";

        for (ByteSource source : List.of(ByteSource.of("evil.pkl", two.getBytes(ISO_8859_1)), archive(two))) {
            TorchFile file = TorchFile.read(source);
            assertThat(file.globals()).extracting(GlobalUse::name).containsExactly("os.system");
            assertThat(file.notes()).singleElement().asString().endsWith("1 pickles among them, and are not used");
        }
    }

    @Test
    void old_protocols_are_recognised_by_their_sense() {
        ByteSource source =
                ByteSource.of("evil.pkl", "Vos\np2\n0Vsystem\np3\n0g2\ng3\n\u0093(Vcat\ntR.\n".getBytes(ISO_8859_1));

        assertThat(TorchFile.read(source).globals()).extracting(GlobalUse::name).containsExactly("os.system");
        assertThat(TorchFile.recognise(ByteSource.of("README", "It is a text.".getBytes(ISO_8859_1))))
                .isEmpty();
    }

    @Test
    void a_rebuild_of_a_forbidden_function_is_not_followed() {
        TorchFile file = TorchFile.read(archive(
                "\u0080\2ctorch._tensor\n_rebuild_from_type_v2\n(cos\nsystem\nctorch\nTensor\n(X\2\0\0\0lst}tR."));

        assertThat(((Opaque) file.value()).reason()).contains("os.system, which is not on the allow-list");
    }

    @Test
    void a_memo_bomb_of_lists_costs_nothing() {
        StringBuilder bomb = new StringBuilder("\u0080\2]q\0");
        for (int i = 1; i < 150; i++) {
            bomb.append("0(")
                    .append(("h" + (char) (i - 1)).repeat(10))
                    .append("lq")
                    .append((char) i);
        }
        read(bomb + ".");
    }

    @Test
    void a_memo_bomb_around_a_tensor_is_stopped() {
        StringBuilder bomb = new StringBuilder("\u0080\2" + tensor(STORAGE, "K\0", "K\6\u0085", "K\1\u0085") + "q\0");
        for (int i = 1; i < 60; i++) {
            bomb.append("0(")
                    .append(("h" + (char) (i - 1)).repeat(10))
                    .append("lq")
                    .append((char) i);
        }
        assertThatThrownBy(() -> read(bomb + "."))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("hold more than 100000 tensors");
    }

    @Test
    void a_bomb_of_copies_is_stopped() {
        String bomb = "\u0080\2c_codecs\nencode\nq\0X\0\0\20\0" + "a".repeat(1 << 20) + "q\1]("
                + "h\0h\1\u0085R".repeat(100) + "e\u0087.";

        assertThatThrownBy(() -> read(bomb)).hasMessageContaining("copies more than");
    }

    @Test
    void deep_nesting_is_refused() {
        String deep = "\u0080\2N" + "\u0085".repeat(100_000) + ".";

        assertThatThrownBy(() -> read(deep)).isInstanceOf(ModelException.class).hasMessageContaining("limit depth");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|7|1|reaches element 6 of its storage \"0\", which has 6",
                "1|6|1|reaches element 6 of its storage",
                "0|4|2|reaches element 6 of its storage",
                "-1|2|1|none may be negative",
                "0|-2|1|none may be negative",
                "0|2|-1|none may be negative",
                "2000000000|1|1|reaches element 2000000000 of",
                "0|2000000000|0|repeats the elements of its storage up to 8000000000 bytes",
            })
    void views_that_leave_their_storage_are_refused(int offset, int size, int stride, String message) {
        String text = "\u0080\2"
                + tensor(STORAGE, integer(offset), integer(size) + "\u0085", integer(stride) + "\u0085") + ".";

        assertThatThrownBy(() -> TorchFile.read(archive(text)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("evil.pth!evil/data.pkl@")
                .hasMessageContaining(message);
    }

    @Test
    void sizes_beyond_64_bits_are_refused() {
        String huge = "\u008a\7\0\0\0\0\0\0\1".repeat(3);
        String text = "\u0080\2" + tensor(STORAGE, "K\0", "(" + huge + "t", "(K\0K\0K\0t") + ".";

        assertThatThrownBy(() -> TorchFile.read(archive(text)))
                .hasMessageContaining("more elements than 64 bits count");
    }

    @Test
    void storages_that_are_not_there_or_too_short_are_refused() {
        String missing = STORAGE.replace("\1\0\0\0" + "0", "\1\0\0\0" + "9");
        String longer = STORAGE.replace("K\6tQ", "K\7tQ");
        String endless = STORAGE.replace("K\6tQ", "\u008a\10\377\377\377\377\377\377\377\177tQ");

        assertRefused(tensor(missing, "K\0", "K\1\u0085", "K\1\u0085"), "storage \"9\": has no entry evil/data/9");
        assertRefused(tensor(longer, "K\0", "K\1\u0085", "K\1\u0085"), "should have 28 bytes, but has 24 in the file");
        assertRefused(tensor(endless, "K\0", "K\1\u0085", "K\1\u0085"), "more bytes than 64 bits count");
        assertRefused("X\1\0\0\0xQ", "should be ('storage', type, key, location, elements), is 'x'");
    }

    @Test
    void keys_cannot_leave_the_data_folder() {
        String outside = STORAGE.replace("X\1\0\0\0" + "0", "X\13\0\0\0../data.pkl");

        assertRefused(tensor(outside, "K\0", "K\1\u0085", "K\1\u0085"), "has no entry evil/data/../data.pkl");
    }

    @Test
    void quantization_must_fit_the_tensor() {
        String text = "ctorch._utils\n_rebuild_qtensor\n(" + STORAGE.replace("FloatStorage", "QInt8Storage")
                + "K\0K\2\u0085K\1\u0085(ctorch\nper_channel_affine\n](G\77\360\0\0\0\0\0\0e](K\0eK\5t\u0089NtR";

        assertRefused(text, "of shape [2] has no axis 5");
        assertRefused(text.replace("K\5t", "K\0t"), "should be [2]");
    }

    @Test
    void wrong_checksums_and_headers_are_refused() {
        byte[] right = bytes(entries("\u0080\2" + tensor(STORAGE, "K\0", "K\6\u0085", "K\1\u0085") + "."));
        int name = indexOf(right, "evil/data.pkl");
        byte[] renamed = right.clone();
        renamed[name + 5] = 'X';
        byte[] damaged = right.clone();
        damaged[indexOf(right, "FloatStorage")] = 'f';

        assertThat(TorchFile.read(ByteSource.of("evil.pth", right)).tensors()).hasSize(1);
        assertThatThrownBy(() -> TorchFile.read(ByteSource.of("evil.pth", renamed)))
                .hasMessageContaining("name is \"evil/Xata.pkl\" here, but \"evil/data.pkl\" in the directory");
        assertThatThrownBy(() -> TorchFile.read(ByteSource.of("evil.pth", damaged)))
                .hasMessageContaining("have the checksum");
    }

    @Test
    void legacy_storages_must_match_the_object() {
        byte[] bytes = readAll(Fixtures.file("protocol2.legacy.pth"));
        byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
        byte[] longer = bytes.clone();
        longer[bytes.length - 2 * 4 - 8]++;

        assertThatThrownBy(() -> TorchFile.read(ByteSource.of("a.pth", cut)))
                .hasMessageContaining("more bytes were expected");
        assertThatThrownBy(() -> TorchFile.read(ByteSource.of("a.pth", longer)))
                .hasMessageContaining("elements, the object says");
    }

    @Test
    void links_in_tar_archives_are_refused() {
        byte[] bytes = readAll(Fixtures.file("genuine.tar"));
        bytes[156] = '2';
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += i >= 148 && i < 156 ? ' ' : bytes[i] & 0xff;
        }
        byte[] digits = "%06o\0 ".formatted(sum).getBytes(ISO_8859_1);
        System.arraycopy(digits, 0, bytes, 148, 8);

        assertThatThrownBy(() -> TorchFile.read(ByteSource.of("a.tar", bytes))).hasMessageContaining("is a link");
    }

    @Test
    void an_unknown_byteorder_is_refused() {
        Map<String, byte[]> entries = entries("\u0080\2N.");
        entries.put("evil/byteorder", "middle".getBytes(ISO_8859_1));

        assertThatThrownBy(() -> TorchFile.read(ByteSource.of("evil.pth", bytes(entries))))
                .hasMessageContaining("byteorder: is \"middle\"");
    }

    private static void assertRefused(String pickle, String message) {
        assertThatThrownBy(() -> TorchFile.read(archive("\u0080\2" + pickle + ".")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    private static void read(String pickle) {
        TorchFile.read(archive(pickle));
    }

    private static String tensor(String storage, String offset, String sizes, String strides) {
        return "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + offset + sizes + strides + "\u0089NtR";
    }

    private static String integer(int value) {
        return "I" + value + "\n";
    }

    private static ByteSource archive(String pickle) {
        return ByteSource.of("evil.pth", bytes(entries(pickle)));
    }

    private static Map<String, byte[]> entries(String pickle) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("evil/data.pkl", pickle.getBytes(ISO_8859_1));
        entries.put("evil/data/0", new byte[24]);
        entries.put("evil/version", "3\n".getBytes(ISO_8859_1));
        return entries;
    }

    private static byte[] bytes(Map<String, byte[]> entries) {
        var bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                CRC32 crc = new CRC32();
                crc.update(entry.getValue());
                header.setSize(entry.getValue().length);
                header.setCrc(crc.getValue());
                zip.putNextEntry(header);
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, ISO_8859_1).indexOf(text);
    }

    private static byte[] readAll(ByteSource source) {
        try {
            return source.readAll(1 << 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
