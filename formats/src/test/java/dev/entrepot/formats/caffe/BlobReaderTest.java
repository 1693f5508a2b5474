package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.formats.caffe.CaffeBlob.ShapeForm;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.TensorData;
import org.junit.jupiter.api.Test;

class BlobReaderTest {

    private static Wire shape(long... dims) {
        Wire shape = new Wire();
        for (long dim : dims) {
            shape.varint(1, dim);
        }
        return new Wire().message(7, shape);
    }

    private static CaffeBlob read(Wire wire) {
        return Binaryproto.read(wire.source("mean.binaryproto"));
    }

    @Test
    void packed_floats_stay_a_slice_of_the_file() {
        CaffeBlob blob = read(shape(3).floats(5, 1, 2, 3));

        assertThat(blob.shape()).isEqualTo(Shape.of(3));
        assertThat(blob.tensor().toFloats()).containsExactly(1, 2, 3);
        assertThat(blob.tensor().data()).isInstanceOf(TensorData.SourceData.class);
    }

    @Test
    void unpacked_and_mixed_floats_are_put_together() {
        CaffeBlob blob = read(shape(2, 3)
                .fixed32(5, 1)
                .fixed32(5, 2)
                .floats(5, 3, 4)
                .fixed32(5, 5)
                .varint(99, 7)
                .fixed32(5, 6));

        assertThat(blob.tensor().toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(blob.tensor().toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void many_unpacked_floats_are_decoded_in_chunks() {
        Wire wire = shape(100_000);
        for (int i = 0; i < 100_000; i++) {
            wire.fixed32(5, i);
        }

        float[] floats = read(wire).tensor().toFloats();

        assertThat(floats[99_999]).isEqualTo(99_999f);
        assertThat(floats[54_321]).isEqualTo(54_321f);
    }

    @Test
    void doubles_are_rounded_to_floats_and_come_before_floats() {
        assertThat(read(shape(2).floats(5, 7, 8).fixed64(8, 0.1).fixed64(8, 1e300))
                        .tensor()
                        .toFloats())
                .containsExactly(0.1f, Float.POSITIVE_INFINITY);
    }

    @Test
    void nvidias_halves_are_widened() {
        byte[] halves = {0, 0x3c, 0, (byte) 0xc0, 1, 0, 0, 0x7c, (byte) 0xff, 0x7b, 0, (byte) 0x80};

        assertThat(read(shape(6).varint(10, 2).bytes(12, halves)).tensor().toFloats())
                .containsExactly(1f, -2f, 0x1p-24f, Float.POSITIVE_INFINITY, 65504f, -0f);
        assertThatThrownBy(() -> read(shape(1).varint(10, 3).bytes(12, new byte[4])))
                .hasMessageContaining("raw_data of the type 3");
    }

    @Test
    void legacy_dimensions_are_compared_from_the_right() {
        CaffeBlob bias = read(
                new Wire().varint(1, 1).varint(2, 1).varint(3, 1).varint(4, 3).floats(5, 1, 2, 3));

        assertThat(bias.form()).isEqualTo(ShapeForm.LEGACY);
        assertThat(bias.fits(3)).isTrue();
        assertThat(bias.fits(1, 3)).isTrue();
        assertThat(bias.fits(1, 1, 1, 3)).isTrue();
        assertThat(bias.fits(1, 1, 1, 1, 3)).isFalse();
        assertThat(bias.fits(3, 1)).isFalse();
        assertThat(read(shape(1, 3).floats(5, 1, 2, 3)).fits(3)).isFalse();
    }

    @Test
    void diffs_and_unknown_fields_are_gone_over() {
        assertThat(read(shape(1).floats(6, 9, 9)
                                .fixed32(6, 9)
                                .fixed64(9, 9)
                                .string(1000, "x")
                                .floats(5, 4))
                        .tensor()
                        .toFloats())
                .containsExactly(4);
    }

    @Test
    void a_blob_without_a_shape_is_one_number() {
        assertThat(read(new Wire().floats(5, 4)).shape()).isEqualTo(Shape.SCALAR);
    }

    @Test
    void as_many_numbers_as_the_shape_asks_for_must_be_there() {
        assertThatThrownBy(() -> read(shape(2, 2).floats(5, 1, 2, 3)))
                .hasMessage("mean.binaryproto@0: blob: holds 3 numbers, its shape [2, 2] asks for 4");
        assertThatThrownBy(() -> read(shape(1L << 30, 1L << 30, 1L << 30).floats(5, 1)))
                .hasMessageContaining("more than 2^63");
        assertThatThrownBy(() -> read(shape(-1).floats(5, 1))).hasMessageContaining("a dimension of -1");
        assertThatThrownBy(() -> read(shape(new long[33]).floats(5, 1))).hasMessageContaining("32 dimensions");
        assertThatThrownBy(() -> read(shape(1).bytes(5, new byte[5]))).hasMessageContaining("no multiple of 4");
    }

    @Test
    void a_claimed_length_is_checked_before_anything_is_read() {
        assertThatThrownBy(() -> read(shape(1).claim(5, 2_000_000_000)))
                .hasMessageStartingWith("mean.binaryproto@4: field 5: claims to be 2000000000 bytes long, 0 are left");
    }

    @Test
    void blobs_of_a_prototxt_are_read_too() {
        CaffeNet net = CaffeNets.readPrototxt(
                Canonical.source(
                        "layer { type: \"X\" blobs { shape { dim: 2 } data: [1, 2.5] } blobs { num: 1 channels: 1"
                                + " height: 1 width: 1 double_data: 3 } }"),
                NetState.TEST);

        CaffeLayer layer = net.layers().get(0);
        assertThat(layer.weights(0, 2).toFloats()).containsExactly(1, 2.5f);
        assertThat(layer.weights(1, 1).toFloats()).containsExactly(3);
    }
}
