package dev.entrepot.formats.npy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {

    private static final String FLOATS = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void every_version_is_read(int version) {
        Tensor tensor = Npy.read(fixture("version" + version + ".npy"));

        assertThat(tensor).hasToString("float32[2, 3, 4]");
        assertThat(tensor.toFloats()).containsExactly(upTo(24));
    }

    @Test
    void a_scalar_has_no_dimensions() {
        Tensor tensor = Npy.read(fixture("scalar.npy"));

        assertThat(tensor.shape()).isEqualTo(Shape.SCALAR);
        assertThat(tensor.toFloats()).containsExactly(1.5f);
    }

    @Test
    void a_header_of_python_2_with_long_sizes_is_read() {
        Tensor tensor = Npy.read(file("{\"shape\": (1L, 2L), \"fortran_order\": False, \"descr\": \"<f4\"}\n", 8));

        assertThat(tensor.shape()).isEqualTo(Shape.of(1, 2));
    }

    @Test
    void columns_of_more_than_a_block_become_rows() {
        int rows = 3;
        int columns = 1_500_000;
        byte[] stored = new byte[rows * columns * 4];
        ByteBuffer elements = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                elements.putInt(row * columns + column);
            }
        }
        for (Shape shape :
                new Shape[] {Shape.of(rows, columns), Shape.of(1, rows, columns), Shape.of(rows, 1, columns)}) {
            TensorData data = new ColumnMajorData(ByteSource.of("columns", stored), shape, 4);

            assertThat(new Tensor(DataType.INT32, shape, data).toLongs())
                    .isEqualTo(IntStream.range(0, rows * columns).asLongStream().toArray());
        }
    }

    @Test
    void rows_longer_than_a_block_are_cut() {
        int columns = 2_200_000;
        byte[] stored = new byte[4 * columns * 4];
        ByteBuffer elements = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        for (int column = 0; column < columns; column++) {
            for (int depth = 0; depth < 4; depth++) {
                elements.putInt((depth & 1) * 2 * columns + (depth >> 1) * columns + column);
            }
        }
        Shape shape = Shape.of(2, 2, columns);
        TensorData data = new ColumnMajorData(ByteSource.of("columns", stored), shape, 4);

        assertThat(new Tensor(DataType.INT32, shape, data).toLongs())
                .isEqualTo(IntStream.range(0, 4 * columns).asLongStream().toArray());
    }

    @Test
    void numpy_writes_the_same_bytes() throws IOException {
        Tensor cube = Tensor.of(Shape.of(2, 3, 4), upTo(24));
        Tensor vector = Tensor.vector(IntStream.range(0, 12).asLongStream().toArray());

        assertThat(written(cube)).isEqualTo(fixture("version1.npy").readAll(1000));
        assertThat(written(vector)).isEqualTo(fixture("vector.npy").readAll(1000));
        assertThat(written(Tensor.scalar(1.5f))).isEqualTo(fixture("scalar.npy").readAll(1000));
    }

    @Test
    void types_that_numpy_lacks_are_not_written() {
        Tensor tensor = new Tensor(DataType.BFLOAT16, Shape.of(1), TensorData.of(new byte[2]));

        assertThatThrownBy(() -> written(tensor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("NumPy has no element type bfloat16");
    }

    @Test
    void objects_are_refused_as_pickles() {
        assertRefused(
                "objects.npy",
                Problem.Kind.UNSUPPORTED,
                "element type '|O': is an array of Python objects, which is a pickle");
    }

    @Test
    void records_are_refused() {
        assertRefused(
                "records.npy", Problem.Kind.UNSUPPORTED, "array: holds records, not numbers: {'descr': [('a', '<f4')");
    }

    @Test
    void dates_are_refused() {
        assertRefused("dates.npy", Problem.Kind.UNSUPPORTED, "element type '<M8[D]': is a date or duration");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} # takes 12 bytes, only 8 are left",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,)} # more elements than fit 64 bits",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)} # needs a size from 0 to 2^63 - 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)} # needs a size from 0 to 2^63 - 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2)} # needs ',' or ')' after a size",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,)} # needs True or False",
                "{'descr': '<f4', 'shape': (2,)} # lacks one of the keys",
                "{'descr': '<f4', 'descr': '<f4', 'shape': (2,)} # has the key 'descr' twice",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1} # has the key 'x' twice, or it is unknown",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,)} + {} # goes on after its '}'",
                "{'descr': '<f4 # needs a string",
                "__import__('os') # needs '{'",
            })
    void bad_headers_are_malformed(String header, String why) {
        assertThatThrownBy(() -> Npy.read(file(header, 8))).isInstanceOfSatisfying(ModelException.class, e -> {
            assertThat(e.kind()).isEqualTo(Problem.Kind.MALFORMED);
            assertThat(e).hasMessageContaining(why);
        });
    }

    @Test
    void an_over_long_header_is_refused_before_it_is_read() {
        ByteBuffer file = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        file.put("\u0093NUMPY\u0002\0".getBytes(ISO_8859_1)).putInt(0x7fff_ffff);

        assertThatThrownBy(() -> Npy.read(ByteSource.of("big.npy", file.array())))
                .hasMessage("big.npy@12: header: is 2147483647 bytes long, the limit is 65536");
    }

    @Test
    void endless_empty_strings_are_refused() {
        String header = "{'descr': '|S0', 'fortran_order': False, 'shape': (1000000000000,)}";

        assertThatThrownBy(() -> Npy.read(file(header, 0)))
                .hasMessageContaining("has 1000000000000 strings, the limit is");
    }

    @Test
    void every_truncation_is_malformed() {
        byte[] whole = bytes(FLOATS, 8);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Npy.read(ByteSource.of("cut.npy", cut))).isInstanceOf(ModelException.class);
        }
    }

    private static void assertRefused(String fixture, Problem.Kind kind, String why) {
        assertThatThrownBy(() -> Npy.read(fixture(fixture))).isInstanceOfSatisfying(ModelException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e).hasMessageContaining(why);
        });
    }

    private static byte[] written(Tensor tensor) throws IOException {
        var out = new ByteArrayOutputStream();
        Npy.writeTo(Channels.newChannel(out), tensor);
        return out.toByteArray();
    }

    private static ByteSource file(String header, int elementBytes) {
        return ByteSource.of("test.npy", bytes(header, elementBytes));
    }

    private static byte[] bytes(String header, int elementBytes) {
        ByteBuffer file =
                ByteBuffer.allocate(10 + header.length() + elementBytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put("\u0093NUMPY\u0001\0".getBytes(ISO_8859_1)).putShort((short) header.length());
        return file.put(header.getBytes(ISO_8859_1)).array();
    }

    private static float[] upTo(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
        }
        return values;
    }

    static ByteSource fixture(String name) {
        try (InputStream in = NpyTest.class.getResourceAsStream(name)) {
            return ByteSource.of(name, Objects.requireNonNull(in, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
