package dev.entrepot.onnx.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxWriterTest {

    @TempDir
    private Path folder;

    @Test
    void a_model_gets_the_bytes_that_the_onnx_package_writes() {
        byte[] canonical = Fixture.bytes("canonical.onnx");

        assertThat(OnnxWriter.toBytes(OnnxReaderTest.canonical())).isEqualTo(canonical);
    }

    @Test
    void what_the_records_leave_out_is_all_that_gets_lost() {
        Model read = OnnxReader.read(Fixture.source("dropped.onnx"));

        assertThat(OnnxWriter.toBytes(read)).isEqualTo(Fixture.bytes("canonical.onnx"));
    }

    @Test
    void all_ways_of_writing_give_the_same_bytes_and_the_same_hash() throws Exception {
        Model model = OnnxReader.read(Fixture.source("tensor_forms.onnx"));
        byte[] expected = OnnxWriter.toBytes(model);
        var stream = new ByteArrayOutputStream();
        Path file = folder.resolve("model.onnx");

        Written toChannel = OnnxWriter.write(model, Channels.newChannel(stream));
        WrittenModel toFile = OnnxWriter.write(model, file);

        assertThat(stream.toByteArray()).isEqualTo(expected);
        assertThat(file).hasBinaryContent(expected);
        assertThat(toChannel).isEqualTo(new Written(expected.length, sha256(expected)));
        assertThat(toFile.model()).isEqualTo(toChannel);
        assertThat(toFile.externalData()).isEmpty();
    }

    @Test
    void typed_fields_become_raw_data_with_the_same_elements() {
        Model read = OnnxReader.read(Fixture.source("tensor_forms.onnx"));
        Graph before = read.graph();
        Graph after =
                OnnxReader.read(ByteSource.of("copy", OnnxWriter.toBytes(read))).graph();

        assertThat(after.initializers().keySet())
                .containsExactlyElementsOf(before.initializers().keySet());
        after.initializers().forEach((name, tensor) -> {
            Tensor same = Fixture.initializer(before, name);
            assertThat(tensor).hasToString(same.toString());
            assertThat(tensor.toBytes()).as(name).isEqualTo(same.toBytes());
        });
    }

    @Test
    void the_order_of_maps_without_order_does_not_show() {
        Graph graph = Graph.of("g", List.of(), List.of(), List.of(), Map.of());
        Map<String, String> forwards = new LinkedHashMap<>();
        Map<String, String> backwards = new LinkedHashMap<>();
        for (int i = 0; i < 9; i++) {
            forwards.put("key" + i, "");
            backwards.put("key" + (8 - i), "");
        }

        assertThat(OnnxWriter.toBytes(Model.of(graph, forwards)))
                .isEqualTo(OnnxWriter.toBytes(Model.of(graph, backwards)));
    }

    @Test
    void weights_go_from_file_to_file_and_many_buffers_make_no_difference() throws Exception {
        byte[] weights = new byte[3_000_000];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (byte) (i * 31 >>> 3);
        }
        Path source = Files.write(folder.resolve("weights"), weights);
        try (FileSource file = FileSource.open(source)) {
            Model model = weightsOf(
                    floats(TensorData.of(file.slice(0, 2_000_000))),
                    floats(TensorData.of(file.slice(2_000_000, 400))),
                    floats(TensorData.of(file.slice(2_000_400, 999_600))));
            WrittenModel written = OnnxWriter.write(model, folder.resolve("model.onnx"));

            assertThat(folder.resolve("model.onnx")).hasBinaryContent(OnnxWriter.toBytes(model));
            assertThat(written.model().sha256()).isEqualTo(sha256(OnnxWriter.toBytes(model)));
        }
    }

    @Test
    void external_data_lies_in_one_aligned_file_beside_the_model() throws Exception {
        Tensor twice = floats(TensorData.of(new byte[1024]));
        Model model =
                weightsOf(twice, floats(TensorData.of(new byte[1020])), floats(TensorData.of(new byte[5000])), twice);
        Path path = folder.resolve("model.onnx");

        WrittenModel written = OnnxWriter.write(model, path, ExternalDataPolicy.ALWAYS);

        Path data = folder.resolve("model.onnx.data");
        assertThat(data).hasSize(4096 + 5000);
        assertThat(written.externalData()).contains(new Written(9096, sha256(Files.readAllBytes(data))));
        assertThat(written.model()).isEqualTo(new Written(Files.size(path), sha256(Files.readAllBytes(path))));
        try (OnnxFile file = OnnxReader.open(path)) {
            assertThat(OnnxWriter.toBytes(file.model())).isEqualTo(OnnxWriter.toBytes(model));
        }
    }

    @Test
    void a_model_without_large_initializers_gets_no_external_data() throws IOException {
        OnnxWriter.write(OnnxReaderTest.canonical(), folder.resolve("model.onnx"), ExternalDataPolicy.ALWAYS);

        assertThat(names()).containsExactly("model.onnx");
    }

    @Test
    void older_files_are_replaced() throws IOException {
        Path path = Files.writeString(folder.resolve("model.onnx"), "old");
        Path data = Files.writeString(folder.resolve("model.onnx.data"), "old");

        OnnxWriter.write(weightsOf(floats(TensorData.of(new byte[4096]))), path, ExternalDataPolicy.ALWAYS);

        assertThat(data).hasBinaryContent(new byte[4096]);
        assertThat(names()).containsExactly("model.onnx", "model.onnx.data");
    }

    @Test
    void a_model_can_be_written_over_the_file_that_its_weights_lie_in() throws IOException {
        Path path = folder.resolve("model.onnx");
        OnnxWriter.write(OnnxReaderTest.canonical(), path);
        try (OnnxFile file = OnnxReader.open(path)) {
            OnnxWriter.write(file.model(), path);
        }
        assertThat(path).hasBinaryContent(Fixture.bytes("canonical.onnx"));
    }

    @Test
    void a_failure_leaves_nothing_behind_and_older_files_as_they_were() throws IOException {
        Path path = Files.writeString(folder.resolve("model.onnx"), "old");
        Path data = Files.writeString(folder.resolve("model.onnx.data"), "old data");
        Model failing = weightsOf(floats(TensorData.of(new byte[8192])), floats(new Failing()));

        for (ExternalDataPolicy policy : ExternalDataPolicy.values()) {
            assertThatThrownBy(() -> OnnxWriter.write(failing, path, policy)).hasMessage("the disk is gone");
        }

        assertThat(path).hasContent("old");
        assertThat(data).hasContent("old data");
        assertThat(names()).containsExactly("model.onnx", "model.onnx.data");
    }

    @Test
    void if_the_model_cannot_get_its_name_its_data_does_not_either() throws IOException {
        Path path = Files.createDirectory(folder.resolve("model.onnx"));
        Model model = weightsOf(floats(TensorData.of(new byte[8192])));

        assertThatThrownBy(() -> OnnxWriter.write(model, path, ExternalDataPolicy.ALWAYS))
                .hasMessageContaining("is a directory");
        assertThat(names()).containsExactly("model.onnx");

        Path data = Files.writeString(folder.resolve("model.onnx.data"), "old data");
        assertThatThrownBy(() -> OnnxWriter.write(model, path, ExternalDataPolicy.ALWAYS))
                .hasMessageContaining("is a directory");
        assertThat(data).hasContent("old data");
        assertThat(names()).containsExactly("model.onnx", "model.onnx.data");
    }

    @Test
    void a_model_of_more_than_two_gigabytes_does_not_fit_one_message() {
        Model huge = weightsOf(floats(new Endless(1L << 31)));

        assertThatThrownBy(() -> OnnxWriter.toBytes(huge))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("bytes in one ONNX file, the limit is 2147483647");
    }

    @Test
    void data_that_writes_less_than_it_says_is_noticed() {
        Model model = weightsOf(floats(new Endless(8192)));

        assertThatThrownBy(() -> OnnxWriter.write(model, folder.resolve("model.onnx")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not write as many bytes as it says");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Model weightsOf(Tensor... tensors) {
        Map<String, Tensor> initializers = new LinkedHashMap<>();
        for (Tensor tensor : tensors) {
            initializers.put("w" + initializers.size(), tensor);
        }
        return Model.of(Graph.of("weights", List.of(), List.of(), List.of(), initializers), Map.of());
    }

    private static Tensor floats(TensorData data) {
        return new Tensor(DataType.FLOAT, Shape.of(data.byteLength() / 4), data);
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static final class Failing implements TensorData {
        @Override
        public long byteLength() {
            return 8192;
        }

        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            throw new IOException("the disk is gone");
        }
    }

    /** Says that it has bytes, and writes none. */
    private record Endless(long byteLength) implements TensorData {
        @Override
        public void writeTo(WritableByteChannel out) {}
    }
}
