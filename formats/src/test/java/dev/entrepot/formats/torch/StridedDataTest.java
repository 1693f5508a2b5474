package dev.entrepot.formats.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compared with the definition: element i of the view is the storage's offset + sum(index * stride). */
class StridedDataTest {

    @Test
    void random_views_are_gathered() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            int rank = random.nextInt(5);
            long[] sizes = new long[rank];
            long[] strides = new long[rank];
            long last = random.nextInt(4);
            long offset = last;
            for (int axis = 0; axis < rank; axis++) {
                sizes[axis] = 1 + random.nextInt(6);
                strides[axis] = random.nextInt(40);
                last += (sizes[axis] - 1) * strides[axis];
            }
            int item = 1 << random.nextInt(4);
            requireSame(item, last + 1 + random.nextInt(3), offset, sizes, strides, random);
        }
    }

    @Test
    void strides_of_single_elements_do_not_matter() throws IOException {
        requireSame(8, 6, 0, new long[] {1, 3}, new long[] {1L << 61, 2}, new Random(4));
        requireSame(8, 6, 5, new long[] {1, 1}, new long[] {Long.MAX_VALUE, 1L << 61}, new Random(5));
    }

    @Test
    void views_larger_than_a_block_are_gathered() throws IOException {
        requireSame(4, 1200L * 1100, 0, new long[] {1200, 1100}, new long[] {1, 1200}, new Random(1));
        requireSame(1, 3L * 1_700_000, 1, new long[] {3, 1_699_999}, new long[] {1, 3}, new Random(2));
        requireSame(2, 70_000L * 40, 0, new long[] {40, 70_000}, new long[] {1, 40}, new Random(3));
    }

    private static void requireSame(int item, long elements, long offset, long[] sizes, long[] strides, Random random)
            throws IOException {
        byte[] storage = new byte[Math.toIntExact(elements * item)];
        random.nextBytes(storage);
        StridedData data = new StridedData(ByteSource.of("storage", storage), item, offset, sizes, strides);
        var out = new ByteArrayOutputStream();
        data.writeTo(Channels.newChannel(out));

        byte[] expected = new byte[Math.toIntExact(data.byteLength())];
        long[] index = new long[sizes.length];
        for (int at = 0; at < expected.length; at += item) {
            long element = offset;
            for (int axis = 0; axis < sizes.length; axis++) {
                element += index[axis] * strides[axis];
            }
            System.arraycopy(storage, Math.toIntExact(element * item), expected, at, item);
            for (int axis = sizes.length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--) {
                index[axis] = 0;
            }
        }
        assertThat(out.toByteArray())
                .as("sizes %s, strides %s", Arrays.toString(sizes), Arrays.toString(strides))
                .isEqualTo(expected);
    }
}
