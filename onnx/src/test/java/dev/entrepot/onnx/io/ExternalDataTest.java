package dev.entrepot.onnx.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors beside the model's file. The attacks are those of ONNX's advisories on external data. */
class ExternalDataTest {

    @TempDir
    private Path folder;

    private Path models;

    @BeforeEach
    void two_folders() throws IOException {
        models = Files.createDirectory(folder.resolve("models"));
        Files.write(folder.resolve("secret.bin"), new byte[8]);
        Files.write(models.resolve("weights.bin"), new byte[] {0, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f});
    }

    @Test
    void the_onnx_packages_own_external_data_is_read_from_beside_the_model() throws IOException {
        Files.write(models.resolve("external.onnx"), Fixture.bytes("external.onnx"));
        Files.write(models.resolve("external.onnx.data"), Fixture.bytes("external.onnx.data"));

        try (OnnxFile file = OnnxReader.open(models.resolve("external.onnx"))) {
            requireCounting(file.model());
        }
    }

    @Test
    void external_data_is_read_from_blobs_that_the_caller_gives() {
        ExternalData blobs = ExternalData.of(Map.of("external.onnx.data", Fixture.source("external.onnx.data")));

        requireCounting(OnnxReader.read(Fixture.source("external.onnx"), blobs, ReadLimits.STRICT));
    }

    private static void requireCounting(Model model) {
        for (int count : new int[] {300, 5, 400}) {
            float[] values = Fixture.initializer(model.graph(), "w" + count).toFloats();
            assertThat(values).hasSize(count);
            for (int i = 0; i < count; i++) {
                assertThat(values[i]).isEqualTo(i);
            }
        }
    }

    @Test
    void without_a_length_the_tensor_takes_what_its_shape_needs() throws IOException {
        Tensor tensor = only(open(Map.of("location", "weights.bin", "offset", "4")));

        assertThat(tensor.toFloats()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.bin",
                "/etc/passwd",
                "./weights.bin",
                "sub/../weights.bin",
                "sub\\weights.bin",
                "C:secret",
                "..",
                ".",
                "*/_ORT_MEM_ADDR_/*",
                "weights.bin\0"
            })
    void a_location_that_is_not_a_plain_name_is_refused(String location) {
        assertThatThrownBy(() -> open(Map.of("location", location)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is a path, expected the plain name of a file beside the model");
    }

    @Test
    void links_and_folders_are_refused() throws IOException {
        Files.createSymbolicLink(models.resolve("link"), folder.resolve("secret.bin"));
        Files.createLink(models.resolve("hard"), folder.resolve("secret.bin"));
        Files.createDirectory(models.resolve("folder"));

        assertRefused(Map.of("location", "link"), "is a symbolic link");
        assertRefused(Map.of("location", "hard"), "is a hard link");
        assertRefused(Map.of("location", "folder"), "is not a regular file");
    }

    static Stream<Arguments> wrongEntries() {
        return Stream.of(
                Arguments.of(Map.of("location", "missing.bin"), "external data \"missing.bin\": is not there"),
                Arguments.of(Map.of("offset", "0"), "expected numbers, a location"),
                Arguments.of(Map.of("location", "weights.bin", "offset", "5"), "lies at 5 + 4 of external data"),
                Arguments.of(Map.of("location", "weights.bin", "offset", "999999999999999999"), "which has 8 bytes"),
                Arguments.of(Map.of("location", "weights.bin", "offset", "-4"), "offset \"-4\", expected a number"),
                Arguments.of(
                        Map.of("location", "weights.bin", "length", "8"), "takes 4 bytes, its external data has 8"),
                Arguments.of(Map.of("location", "weights.bin", "length", "99999999999999999999"), "at most 18 digits"),
                Arguments.of(Map.of("location", "weights.bin", "__class__", "x"), "has the key \"__class__\""));
    }

    @ParameterizedTest
    @MethodSource("wrongEntries")
    void wrong_entries_are_refused(Map<String, String> entries, String message) {
        assertRefused(entries, message);
    }

    @Test
    void external_data_is_refused_where_the_caller_gives_none() {
        byte[] model = model(Map.of("location", "weights.bin")).toBytes();

        assertThatThrownBy(() -> OnnxReader.read(ByteSource.of("m", model)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("external data \"weights.bin\": is not there");
    }

    private void assertRefused(Map<String, String> entries, String message) {
        assertThatThrownBy(() -> open(entries))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    private Model open(Map<String, String> entries) throws IOException {
        Path path = models.resolve("model.onnx");
        Files.write(path, model(entries).toBytes());
        try (OnnxFile file = OnnxReader.open(path)) {
            // Read while the file is open.
            return OnnxReader.read(ByteSource.of("copy", OnnxWriter.toBytes(file.model())));
        }
    }

    private static Tensor only(Model model) {
        return Fixture.initializer(model.graph(), "w");
    }

    private static Wire model(Map<String, String> entries) {
        Wire tensor = Wire.message().varint(2, 1).text(8, "w").varint(14, 1);
        entries.forEach(
                (key, value) -> tensor.message(13, Wire.message().text(1, key).text(2, value)));
        return Wire.message().message(7, Wire.message().message(5, tensor));
    }
}
