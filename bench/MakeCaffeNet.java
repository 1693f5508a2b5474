import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeBlob;
import dev.entrepot.formats.caffe.CaffeBlob.ShapeForm;
import dev.entrepot.formats.caffe.CaffeGeneration;
import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.CaffeWriter;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Makes a Caffe net with random weights: {@code MakeCaffeNet vgg16|wide TARGET} writes TARGET.prototxt and TARGET.caffemodel. */
final class MakeCaffeNet {

    private final StringBuilder prototxt = new StringBuilder();
    private final List<long[]> weights = new ArrayList<>();
    private long channels;

    public static void main(String[] arguments) throws IOException {
        MakeCaffeNet net = new MakeCaffeNet();
        if (arguments[0].equals("vgg16")) {
            net.vgg16();
        } else {
            net.wide();
        }
        net.write(arguments[1]);
    }

    /** VGG-16: 138,357,544 parameters, 553 MB. */
    private void vgg16() {
        input(3, 224);
        int[][] blocks = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
        for (int block = 1; block <= blocks.length; block++) {
            for (int i = 1; i <= blocks[block - 1][1]; i++) {
                convolution("conv" + block + "_" + i, blocks[block - 1][0]);
            }
            layer("pool" + block, "Pooling", "pooling_param { pool: MAX kernel_size: 2 stride: 2 }");
        }
        dense("fc6", 512 * 7 * 7, 4096);
        layer("relu6", "ReLU", "");
        dense("fc7", 4096, 4096);
        layer("relu7", "ReLU", "");
        dense("fc8", 4096, 1000);
        layer("prob", "Softmax", "");
    }

    /** Three inner products of 16,384 by 16,384: 3.2 GB. */
    private void wide() {
        input(16384, 1);
        for (int i = 1; i <= 3; i++) {
            dense("fc" + i, 16384, 16384);
        }
    }

    private void input(long size, long side) {
        channels = size;
        prototxt.append("name: \"bench\"\nlayer { name: \"data\" type: \"Input\" top: \"data\" input_param { shape { dim: 1 dim: ")
                .append(size).append(" dim: ").append(side).append(" dim: ").append(side).append(" } } }\n");
        last = "data";
        weights.add(null);
    }

    private String last = "";

    private void convolution(String name, long outputs) {
        layer(name, "Convolution", "convolution_param { num_output: " + outputs + " kernel_size: 3 pad: 1 }");
        weights.set(weights.size() - 1, new long[] {outputs, channels, 3, 3});
        channels = outputs;
        layer("relu_" + name, "ReLU", "");
    }

    private void dense(String name, long inputs, long outputs) {
        layer(name, "InnerProduct", "inner_product_param { num_output: " + outputs + " }");
        weights.set(weights.size() - 1, new long[] {outputs, inputs});
    }

    private void layer(String name, String type, String parameters) {
        String top = type.equals("ReLU") ? last : name;
        prototxt.append("layer { name: \"").append(name).append("\" type: \"").append(type).append("\" bottom: \"").append(last)
                .append("\" top: \"").append(top).append("\" ").append(parameters).append(" }\n");
        last = top;
        weights.add(null);
    }

    private void write(String target) throws IOException {
        Files.writeString(Path.of(target + ".prototxt"), prototxt);
        ByteSource text = ByteSource.of("bench.prototxt", prototxt.toString().getBytes(StandardCharsets.UTF_8));
        CaffeNet net = CaffeNets.readPrototxt(text, NetState.TEST);
        List<CaffeLayer> layers = new ArrayList<>();
        for (int i = 0; i < net.layers().size(); i++) {
            CaffeLayer layer = net.layers().get(i);
            long[] shape = weights.get(i);
            layers.add(shape == null ? layer : layer.withBlobs(List.of(blob(i, shape), blob(-i, shape[0]))));
        }
        CaffeNet filled = new CaffeNet(
                net.name(), layers, List.of(), List.of(), net.transforms(), net.warnings(), net.files());
        try (FileChannel out = FileChannel.open(
                Path.of(target + ".caffemodel"),
                StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            CaffeWriter.write(filled, CaffeGeneration.V2, out);
        }
    }

    private static CaffeBlob blob(long seed, long... shape) {
        Shape sizes = Shape.of(shape);
        Tensor tensor = new Tensor(DataType.FLOAT, sizes, new RandomFloats(seed, sizes.elementCount() * 4));
        return new CaffeBlob(tensor, ShapeForm.BLOB_SHAPE, SourceLocation.file("bench"));
    }

    /** Small numbers around zero, the same for the same seed. */
    private record RandomFloats(long seed, long byteLength) implements TensorData {
        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            ByteBuffer chunk = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
            long state = seed * 0x9E3779B97F4A7C15L + 1;
            for (long left = byteLength; left > 0; ) {
                chunk.clear().limit((int) Math.min(left, chunk.capacity()));
                while (chunk.hasRemaining()) {
                    state ^= state << 13;
                    state ^= state >>> 7;
                    state ^= state << 17;
                    chunk.putFloat((int) state * 0x1p-36f);
                }
                chunk.flip();
                left -= chunk.remaining();
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
        }
    }
}
