import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes the weights of Chainer's VGG16Layers as {@code save_npz} writes them, deflated, at random: {@code MakeChainerNet TARGET}. */
final class MakeChainerNet {

    private final ZipOutputStream zip;
    private final Random random = new Random(1);

    private MakeChainerNet(ZipOutputStream zip) {
        this.zip = zip;
    }

    public static void main(String[] arguments) throws IOException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])), 1 << 20);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            new MakeChainerNet(zip).vgg16();
        }
    }

    private void vgg16() throws IOException {
        int[][] blocks = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
        long channels = 3;
        for (int block = 0; block < blocks.length; block++) {
            for (int i = 1; i <= blocks[block][1]; i++) {
                link("conv" + (block + 1) + "_" + i, blocks[block][0], channels, 3, 3);
                channels = blocks[block][0];
            }
        }
        link("fc6", 4096, 512 * 7 * 7);
        link("fc7", 4096, 4096);
        link("fc8", 1000, 4096);
    }

    private void link(String name, long... weight) throws IOException {
        array(name + "/W", weight);
        array(name + "/b", weight[0]);
    }

    /** Source: numpy/lib/format.py, write_array_header_1_0. */
    private void array(String path, long... shape) throws IOException {
        StringBuilder sizes = new StringBuilder();
        long count = 1;
        for (long size : shape) {
            sizes.append(size).append(", ");
            count *= size;
        }
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int padded = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
        ByteBuffer start = ByteBuffer.allocate(10 + padded).order(ByteOrder.LITTLE_ENDIAN);
        start.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) padded);
        start.put((header + " ".repeat(padded - header.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
        zip.putNextEntry(new ZipEntry(path + ".npy"));
        zip.write(start.array());
        ByteBuffer chunk = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        for (long i = 0; i < count; i++) {
            chunk.putFloat((float) (random.nextGaussian() * 0.01));
            if (!chunk.hasRemaining() || i == count - 1) {
                zip.write(chunk.array(), 0, chunk.position());
                chunk.clear();
            }
        }
        zip.closeEntry();
    }
}
