package dev.entrepot.formats.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.zip.Compression;
import dev.entrepot.formats.zip.ZipWriter;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NpzTest {

    @TempDir
    Path folder;

    @Test
    void every_number_type_is_read_in_both_byte_orders() {
        Map<String, Tensor> arrays = Npz.read(NpyTest.fixture("numbers.npz"));

        assertThat(arrays).hasSize(14 + 11);
        assertThat(array(arrays, "little/b1").toLongs()).containsExactly(0, 1, 1, 1, 1, 1);
        arrays.forEach((name, tensor) -> {
            assertThat(tensor.shape()).as(name).isEqualTo(Shape.of(2, 3));
            if (name.contains("/i") || name.contains("/u")) {
                assertThat(tensor.toLongs()).as(name).containsExactly(0, 1, 2, 3, 4, 5);
            }
            if (name.startsWith("big/")) {
                Tensor little = array(arrays, name.replace("big", "little"));
                assertThat(tensor.type()).as(name).isEqualTo(little.type());
                assertThat(tensor.toBytes()).as(name).isEqualTo(little.toBytes());
            }
        });
        assertThat(array(arrays, "big/f4").toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(array(arrays, "big/f8").toFloats()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(array(arrays, "little/f2").toBytes().getShort(2)).isEqualTo((short) 0x3c00);
        assertThat(array(arrays, "big/c8").toBytes().getFloat(8)).isEqualTo(1);
        assertThat(array(arrays, "big/c16").toBytes().getDouble(16)).isEqualTo(1);
    }

    @Test
    void deflated_arrays_are_inflated_and_columns_become_rows() {
        Map<String, Tensor> arrays = Npz.read(NpyTest.fixture("deflated.npz"));

        assertThat(arrays.keySet()).containsExactly("rows", "columns", "big_columns", "scalar", "nothing");
        float[] expected = array(arrays, "rows").toFloats();
        assertThat(expected).hasSize(24).startsWith(0, 1, 2).endsWith(23);
        assertThat(array(arrays, "columns").toFloats()).isEqualTo(expected);
        assertThat(array(arrays, "big_columns").type()).isEqualTo(DataType.DOUBLE);
        assertThat(array(arrays, "big_columns").toFloats()).isEqualTo(expected);
        assertThat(array(arrays, "scalar").toFloats()).containsExactly(2.5f);
        assertThat(array(arrays, "nothing")).hasToString("float32[3, 0, 2]");
        assertThat(array(arrays, "nothing").toFloats()).isEmpty();
    }

    @Test
    void strings_of_both_widths_are_read() {
        Map<String, Tensor> arrays = Npz.read(NpyTest.fixture("strings.npz"));

        assertThat(array(arrays, "wide").data()).isEqualTo(new StringData(List.of("tabby", "Zürich", "", "日本")));
        assertThat(array(arrays, "big").data()).isEqualTo(new StringData(List.of("left", "right")));
        assertThat(array(arrays, "narrow").data()).isEqualTo(new StringData(List.of("cat", "tiger")));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_written_is_read_again(Compression compression) throws IOException {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("conv1/W", Tensor.of(Shape.of(2, 2), 1f, -2f, Float.NaN, 4f));
        arrays.put("Größe", Tensor.of(Shape.of(2), List.of("äh", "")));
        arrays.put("count", Tensor.scalar(7L));
        arrays.put("none", Tensor.of(Shape.of(0, 3), new float[0]));
        Path file = folder.resolve("w.npz");

        Npz.write(file, arrays, compression);
        byte[] first = Files.readAllBytes(file);
        Npz.write(file, arrays, compression);

        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        try (FileSource source = FileSource.open(file)) {
            Map<String, Tensor> again = Npz.read(source);
            assertThat(again.keySet()).containsExactly("conv1/W", "Größe", "count", "none");
            again.forEach((name, tensor) -> {
                assertThat(tensor).as(name).hasToString(array(arrays, name).toString());
                assertThat(tensor.toBytes())
                        .as(name)
                        .isEqualTo(array(arrays, name).toBytes());
            });
        }
        assertThat(folder).isDirectoryContaining(found -> found.equals(file));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void all_bad_members_are_told_at_once() throws IOException {
        Path file = folder.resolve("bad.npz");
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ZipWriter zip = new ZipWriter(out);
            for (String name : new String[] {"a.npy", "b.txt", "c.npy"}) {
                zip.add(name, Compression.DEFLATED, 3, to -> to.write(ByteBuffer.wrap(new byte[3])));
            }
            zip.finish();
        }
        ByteSource source = ByteSource.of("bad.npz", Files.readAllBytes(file));

        assertThatThrownBy(() -> Npz.read(source))
                .isInstanceOf(ModelException.class)
                .hasMessage(String.join(
                        System.lineSeparator(),
                        "bad.npz!a.npy@0: file: is no .npy: it does not start with \\x93NUMPY",
                        "bad.npz: entry \"b.txt\": is no .npy array",
                        "bad.npz!c.npy@0: file: is no .npy: it does not start with \\x93NUMPY"));
    }

    @Test
    void a_failed_write_leaves_nothing() {
        Tensor wrong = new Tensor(DataType.BFLOAT16, Shape.SCALAR, TensorData.of(new byte[2]));

        assertThatThrownBy(() -> Npz.write(folder.resolve("x.npz"), Map.of("w", wrong)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
    }

    private static Tensor array(Map<String, Tensor> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }
}
