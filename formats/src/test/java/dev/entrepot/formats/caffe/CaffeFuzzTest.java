package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Any bytes give a value or a {@link ModelException}, soon. Without JAZZER_FUZZ=1 the inputs beside the test's resources are tried, and
 * a thousand seeded mutations of good files.
 */
@Timeout(300)
class CaffeFuzzTest {

    private static final int MUTATIONS = 1000;
    private static final long SEED = 20_261_121;

    @FuzzTest(maxDuration = "60s")
    void prototxt(byte[] bytes) {
        readPrototxt(bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void caffemodel(byte[] bytes) {
        readCaffemodel(bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void binaryproto(byte[] bytes) {
        readBinaryproto(bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void hdf5(byte[] bytes) {
        readSnapshot(bytes);
    }

    @Test
    void mutated_prototxts_are_read_or_refused() throws IOException {
        mutate(GenuineCaffeTest.resource("upgrade/v0.prototxt"), CaffeFuzzTest::readPrototxt);
        mutate(GenuineCaffeTest.resource("upgrade/v1.prototxt"), CaffeFuzzTest::readPrototxt);
        mutate(Canonical.source(Nets.SMALL), CaffeFuzzTest::readPrototxt);
    }

    @Test
    void mutated_caffemodels_are_read_or_refused() throws IOException {
        for (CaffeGeneration generation : CaffeGeneration.values()) {
            byte[] good = CaffeWriterTest.written(Nets.small(), generation);
            mutate(ByteSource.of("good", good), CaffeFuzzTest::readCaffemodel);
        }
    }

    @Test
    void mutated_means_are_read_or_refused() {
        Wire mean = new Wire()
                .varint(1, 1)
                .varint(2, 1)
                .varint(3, 2)
                .varint(4, 2)
                .floats(5, 1, 2)
                .fixed32(5, 3)
                .fixed32(5, 4);
        mutate(mean.source("good"), CaffeFuzzTest::readBinaryproto);
    }

    @Test
    void mutated_snapshots_are_read_or_refused() throws IOException {
        mutate(GenuineCaffeTest.resource("snapshot/shared.caffemodel.h5"), CaffeFuzzTest::readSnapshot);
    }

    private static void readPrototxt(byte[] bytes) {
        quietly(() -> {
            CaffeNet net = CaffeNets.readPrototxt(ByteSource.of("net.prototxt", bytes), NetState.TEST);
            net.layers().forEach(layer -> assertThat(layer.message().toString()).isNotNull());
        });
        quietly(() -> CaffeFileKind.of(ByteSource.of("net.prototxt", bytes)));
    }

    private static void readCaffemodel(byte[] bytes) {
        quietly(() -> {
            CaffeNet net = CaffeNets.readCaffemodel(ByteSource.of("net.caffemodel", bytes), NetState.TEST);
            net.layers().forEach(CaffeFuzzTest::readNumbers);
        });
        quietly(() -> readNumbers(
                CaffeNets.read(Canonical.source(Nets.SMALL), ByteSource.of("net.caffemodel", bytes), NetState.TEST)
                        .layers()
                        .get(1)));
        quietly(() -> CaffeFileKind.of(ByteSource.of("net.caffemodel", bytes)));
    }

    private static void readBinaryproto(byte[] bytes) {
        quietly(() -> Binaryproto.read(ByteSource.of("mean.binaryproto", bytes))
                .tensor()
                .toFloats());
    }

    private static void readSnapshot(byte[] bytes) {
        quietly(() -> {
            CaffeNet net = CaffeNets.read(
                    GenuineCaffeTest.resource("snapshot/shared.prototxt"),
                    ByteSource.of("net.caffemodel.h5", bytes),
                    NetState.TEST);
            net.layers().forEach(CaffeFuzzTest::readNumbers);
        });
    }

    private static void readNumbers(CaffeLayer layer) {
        layer.blobs()
                .forEach(blob -> assertThat(blob.tensor().toFloats().length).isGreaterThanOrEqualTo(0));
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void quietly(Reading reading) {
        try {
            reading.run();
        } catch (ModelException e) {
            assertThat(e.problems()).isNotEmpty();
            e.problems().forEach(problem -> assertThat(problem.where().file()).isNotEmpty());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void mutate(ByteSource good, Consumer<byte[]> read) {
        var random = new Random(SEED);
        byte[] bytes = bytes(good);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutant = mutant(bytes, random);
            try {
                read.accept(mutant);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "seed " + SEED + ", mutation " + i + " of " + good.name() + ": "
                                + new String(mutant, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }

    private static byte[] mutant(byte[] good, Random random) {
        byte[] mutant = random.nextInt(5) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
        for (int flips = random.nextInt(4); flips >= 0 && mutant.length > 0; flips--) {
            int at = random.nextInt(mutant.length);
            mutant[at] = random.nextBoolean()
                    ? (byte) (mutant[at] ^ 1 << random.nextInt(8))
                    : (byte) new int[] {0, 0x7f, 0x80, 0xff, '{', '}', '"'}[random.nextInt(7)];
        }
        return mutant;
    }

    private static byte[] bytes(ByteSource source) {
        try {
            return source.readAll(1 << 20);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
