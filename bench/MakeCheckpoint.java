import dev.entrepot.formats.zip.Compression;
import dev.entrepot.formats.zip.ZipWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes the state_dict of torchvision's vgg16 as torch.save writes it, with random weights: {@code MakeCheckpoint TARGET}. */
final class MakeCheckpoint {

    private static final String ROOT = "vgg16/";

    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

    public static void main(String[] arguments) throws IOException {
        MakeCheckpoint checkpoint = new MakeCheckpoint();
        checkpoint.vgg16();
        checkpoint.write(Path.of(arguments[0]));
    }

    private void vgg16() {
        int[][] blocks = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
        long channels = 3;
        int index = 0;
        for (int[] block : blocks) {
            for (int i = 0; i < block[1]; i++, index += 2) {
                layer("features." + index, block[0], channels, 3, 3);
                channels = block[0];
            }
            index++;
        }
        layer("classifier.0", 4096, 512 * 7 * 7);
        layer("classifier.3", 4096, 4096);
        layer("classifier.6", 1000, 4096);
    }

    private void layer(String name, long... weight) {
        shapes.put(name + ".weight", weight);
        shapes.put(name + ".bias", new long[] {weight[0]});
    }

    private void write(Path target) throws IOException {
        stateDict();
        try (FileChannel out = FileChannel.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ZipWriter zip = new ZipWriter(out);
            bytes(zip, "data.pkl", pickle.toByteArray());
            bytes(zip, "byteorder", "little".getBytes(StandardCharsets.UTF_8));
            int key = 0;
            for (long[] shape : shapes.values()) {
                long bytes = 4 * count(shape);
                long seed = key + 1;
                zip.add(ROOT + "data/" + key++, Compression.STORED, bytes, to -> random(seed, bytes, to));
            }
            bytes(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
            zip.finish();
        }
    }

    /** Protocol 2: a dictionary of {@code _rebuild_tensor_v2(storage, 0, size, stride, False, OrderedDict())}. */
    private void stateDict() {
        codes("\u0080\u0002}(");
        int key = 0;
        for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
            text(entry.getKey());
            global("torch._utils", "_rebuild_tensor_v2");
            codes("((");
            text("storage");
            global("torch", "FloatStorage");
            text(String.valueOf(key++));
            text("cpu");
            number(count(entry.getValue()));
            codes("tQ");
            number(0);
            tuple(entry.getValue());
            tuple(strides(entry.getValue()));
            codes("\u0089");
            global("collections", "OrderedDict");
            codes(")RtR");
        }
        codes("u.");
    }

    private void codes(String latin1) {
        pickle.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void global(String module, String name) {
        codes("c" + module + "\n" + name + "\n");
    }

    private void text(String text) {
        codes("X");
        little(text.length());
        codes(text);
    }

    private void number(long number) {
        codes("J");
        little(Math.toIntExact(number));
    }

    private void little(int number) {
        pickle.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array());
    }

    private void tuple(long[] numbers) {
        codes("(");
        Arrays.stream(numbers).forEach(this::number);
        codes("t");
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    private static long count(long[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static void bytes(ZipWriter zip, String name, byte[] bytes) throws IOException {
        zip.add(ROOT + name, Compression.STORED, bytes.length, out -> out.write(ByteBuffer.wrap(bytes)));
    }

    /** Small numbers around zero, the same for the same seed. */
    private static void random(long seed, long bytes, WritableByteChannel out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        long state = seed * 0x9E3779B97F4A7C15L + 1;
        for (long left = bytes; left > 0; left -= chunk.limit()) {
            chunk.clear().limit((int) Math.min(left, chunk.capacity()));
            while (chunk.hasRemaining()) {
                state ^= state << 13;
                state ^= state >>> 7;
                state ^= state << 17;
                chunk.putFloat((int) state * 0x1p-36f);
            }
            chunk.flip();
            while (chunk.hasRemaining()) {
                out.write(chunk);
            }
        }
    }
}
