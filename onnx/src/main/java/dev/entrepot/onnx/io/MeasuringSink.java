package dev.entrepot.onnx.io;

import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Adds up how long a message gets, and remembers the length of every message in it. */
final class MeasuringSink implements FieldSink {

    private long size;
    private long[] lengths = new long[64];
    private int count;

    /** The bytes so far. */
    long size() {
        return size;
    }

    /** The lengths of all nested messages, in the order in which they begin. */
    long[] lengths() {
        return Arrays.copyOf(lengths, count);
    }

    @Override
    public void int64(int field, long value) {
        size += tagSize(field) + varintSize(value);
    }

    @Override
    public void float32(int field, float value) {
        size += tagSize(field) + Float.BYTES;
    }

    @Override
    public void text(int field, String value) {
        addDelimited(field, value.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public void data(int field, TensorData data) {
        addDelimited(field, data.byteLength());
    }

    @Override
    public void message(int field, Body body) throws IOException {
        int own = count++;
        if (own == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * own);
        }
        long before = size;
        size = 0;
        body.encode(this);
        lengths[own] = size;
        size = before;
        addDelimited(field, lengths[own]);
    }

    private void addDelimited(int field, long length) {
        size = Math.addExact(size, tagSize(field) + varintSize(length) + length);
    }

    private static int tagSize(int field) {
        return varintSize((long) field << 3);
    }

    private static int varintSize(long value) {
        return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
    }
}
