package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A blob's numbers where they stand in the file, as float32. Packed floats are copied as they are; unpacked ones (each with its tag),
 * doubles and halves are decoded in bounded chunks while they are written.
 */
final class BlobNumbers implements TensorData {

    private static final int CHUNK = 1 << 16;
    private static final int MOST_RUNS = 10_000;

    /** How a number is stored. */
    enum Format {
        FLOAT(Float.BYTES),
        DOUBLE(Double.BYTES),
        HALF(Short.BYTES);

        private final int size;

        Format(int size) {
            this.size = size;
        }
    }

    /** Numbers at a fixed distance of each other: {@code tag} bytes, then the number, and so on. */
    private record Run(ByteSource bytes, int tag, Format format) {

        int stride() {
            return tag + format.size;
        }

        long count() {
            return bytes.length() / stride();
        }
    }

    private final List<Run> runs;

    private BlobNumbers(List<Run> runs) {
        this.runs = runs;
    }

    @Override
    public long byteLength() {
        return runs.stream().mapToLong(Run::count).sum() * Float.BYTES;
    }

    @Override
    public void writeTo(WritableByteChannel out) throws IOException {
        for (Run run : runs) {
            if (run.format == Format.FLOAT && run.tag == 0) {
                run.bytes.transferTo(out);
            } else {
                decode(run, out);
            }
        }
    }

    private static void decode(Run run, WritableByteChannel out) throws IOException {
        int perChunk = CHUNK / run.stride();
        ByteBuffer encoded = ByteBuffer.allocate(perChunk * run.stride()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer floats = ByteBuffer.allocate(perChunk * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long done = 0; done < run.bytes.length(); done += encoded.limit()) {
            encoded.clear().limit((int) Math.min(encoded.capacity(), run.bytes.length() - done));
            run.bytes.read(done, encoded);
            floats.clear();
            for (int at = run.tag; at < encoded.limit(); at += run.stride()) {
                floats.putFloat(
                        switch (run.format) {
                            case FLOAT -> encoded.getFloat(at);
                            case DOUBLE -> (float) encoded.getDouble(at);
                            case HALF -> halfToFloat(encoded.getShort(at));
                        });
            }
            floats.flip();
            while (floats.hasRemaining()) {
                out.write(floats);
            }
        }
    }

    /** IEEE 754 binary16 to binary32; exact. */
    static float halfToFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wide = exponent == 0x1f ? 0xff : exponent + 127 - 15;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** Collects the places of a blob's numbers while its fields are walked. */
    static final class Collector {

        private final Format format;
        private final List<Run> runs = new ArrayList<>();
        private long count;
        private long openFrom;
        private long openTo = -1;

        Collector(Format format) {
            this.format = format;
        }

        /** How many numbers there are so far. */
        long count() {
            return count;
        }

        TensorData numbers() {
            boolean plain = runs.size() == 1 && runs.get(0).format == Format.FLOAT && runs.get(0).tag == 0;
            return plain ? TensorData.of(runs.get(0).bytes) : new BlobNumbers(List.copyOf(runs));
        }

        /** Takes a packed field. */
        void addPacked(ByteSource bytes) {
            if (bytes.length() % format.size != 0) {
                throw ModelException.malformed(
                        bytes.at(0),
                        "blob",
                        "holds " + bytes.length() + " bytes of numbers, which is no multiple of " + format.size);
            }
            openTo = -1;
            add(new Run(bytes, 0, format));
        }

        /** Takes the one number that {@code wire} stands at; numbers directly behind each other become one run. */
        void addUnpacked(WireFields wire, ByteSource blob) {
            long from = wire.start();
            int tag = (int) (wire.position() - from);
            wire.skip();
            boolean continues = from == openTo && runs.get(runs.size() - 1).tag == tag;
            openFrom = continues ? openFrom : from;
            openTo = wire.position();
            Run run = new Run(blob.slice(openFrom, openTo - openFrom), tag, format);
            if (continues) {
                runs.set(runs.size() - 1, run);
                count++;
            } else {
                add(run);
            }
        }

        private void add(Run run) {
            if (runs.size() == MOST_RUNS) {
                throw ModelException.limitExceeded(
                        run.bytes.at(0),
                        "blob",
                        "has its numbers in more than " + MOST_RUNS + " pieces, which is the limit");
            }
            runs.add(run);
            count += run.count();
        }
    }
}
