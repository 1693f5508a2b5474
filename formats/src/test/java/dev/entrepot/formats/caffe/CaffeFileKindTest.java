package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaffeFileKindTest {

    private static Optional<CaffeFileKind> kind(String text) {
        return CaffeFileKind.of(ByteSource.of("x", text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @EnumSource
    void nets_of_every_generation_are_recognised(CaffeGeneration generation) throws IOException {
        byte[] caffemodel = CaffeWriterTest.written(Nets.small(), generation);

        assertThat(CaffeFileKind.of(ByteSource.of("x", caffemodel))).contains(CaffeFileKind.CAFFEMODEL);
        assertThat(CaffeFileKind.of(ByteSource.of("x", Arrays.copyOf(caffemodel, 120))))
                .contains(CaffeFileKind.CAFFEMODEL);
        assertThat(kind(CaffeWriter.definition(Nets.small(), generation).toString()))
                .contains(CaffeFileKind.PROTOTXT);
    }

    @Test
    void means_and_snapshots_are_recognised() throws IOException {
        Wire mean =
                new Wire().varint(1, 1).varint(2, 3).varint(3, 1).varint(4, 1).floats(5, 1, 2, 3);

        assertThat(CaffeFileKind.of(mean.source("x"))).contains(CaffeFileKind.BINARYPROTO);
        assertThat(CaffeFileKind.of(GenuineCaffeTest.resource("snapshot/shared.caffemodel.h5")))
                .contains(CaffeFileKind.HDF5_SNAPSHOT);
    }

    @Test
    void a_broken_or_misplaced_text_is_still_a_prototxt() {
        assertThat(kind("# comment\nlayer {\n  name: \"x")).contains(CaffeFileKind.PROTOTXT);
        assertThat(kind("net: \"train_val.prototxt\"\nbase_lr: 0.01")).contains(CaffeFileKind.PROTOTXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>layer {</body></html>",
                "import torch\nclass Net:\n    layers = [1]\n",
                "name: \"a yaml file\"\n",
                "{\"layers\": [1]}",
                "\u0008\u0007\u0012\u0007pytorch",
                "PK\u0003\u0004",
            })
    void other_files_are_not(String text) {
        assertThat(kind(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"samples/digits/keras/digits.h5", "samples/digits/chainer/digits.h5", "samples/digits/test.npz"})
    void files_of_other_frameworks_are_not(String path) throws IOException {
        try (var file = dev.entrepot.bytes.FileSource.open(SharedFiles.require(path))) {
            assertThat(CaffeFileKind.of(file)).isEmpty();
        }
    }
}
