package dev.entrepot.formats.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hdf5ReaderTest {

    private static Hdf5Group read(String name) throws IOException {
        try (InputStream in = Hdf5ReaderTest.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return Hdf5Reader.read(ByteSource.of(name, in.readAllBytes()));
        }
    }

    private static Tensor tensor(String name) throws IOException {
        return read("layouts.h5").dataset(name).orElseThrow().tensor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"contiguous", "big_endian", "compressed", "compact"})
    void every_layout_gives_the_same_numbers(String name) throws IOException {
        assertThat(tensor(name).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(tensor(name).toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(tensor(name).toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void contiguous_numbers_stay_in_the_file() throws IOException {
        assertThat(tensor("contiguous").data()).isInstanceOf(TensorData.SourceData.class);
    }

    @Test
    void other_numbers_keep_their_types() throws IOException {
        assertThat(tensor("doubles").type()).isEqualTo(DataType.DOUBLE);
        assertThat(tensor("doubles").toFloats()).containsExactly(0.5f, 1.5f, 2.5f);
        assertThat(tensor("ints").toLongs()).containsExactly(7, -8);
        assertThat(tensor("scalar").toFloats()).containsExactly(1);
        assertThat(tensor("scalar").shape()).isEqualTo(Shape.SCALAR);
        assertThat(tensor("empty").shape()).isEqualTo(Shape.of(0));
        assertThat(tensor("empty").toFloats()).isEmpty();
    }

    @Test
    void text_is_no_tensor() {
        assertThatThrownBy(() -> tensor("text")).hasMessageContaining("dataset /text: does not hold plain numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"external_link.h5", "soft_cycle.h5"})
    void links_are_not_followed(String name) {
        assertThatThrownBy(() -> read(name)).isInstanceOf(ModelException.class).hasMessageContaining("is a link");
    }

    @Test
    void a_group_within_itself_ends() {
        assertThatThrownBy(() -> read("hard_cycle.h5"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("32 levels deep");
    }

    @Test
    void storage_outside_of_the_file_is_refused() {
        assertThatThrownBy(() -> read("external_storage.h5")
                        .dataset("stolen")
                        .orElseThrow()
                        .tensor()
                        .toFloats())
                .isInstanceOf(ModelException.class)
                .satisfies(e ->
                        assertThat(e.toString()).contains("external_storage.h5").doesNotContain("root:"));
    }

    @Test
    void a_giant_in_a_small_file_is_refused() {
        assertThatThrownBy(() -> read("giant.h5")).hasMessageContaining("the limit is 268435456");
    }

    @Test
    void a_file_that_is_no_hdf5_is_malformed() {
        assertThatThrownBy(() -> Hdf5Reader.read(ByteSource.of("x.h5", new byte[100])))
                .hasMessageStartingWith("x.h5: HDF5 file: cannot be read");
    }
}
