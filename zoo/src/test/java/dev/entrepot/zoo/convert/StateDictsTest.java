package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.entrepot.formats.torch.TorchDtype;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.formats.torch.TorchForm;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.formats.torch.TorchValue;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.importers.torch.modules.ModuleImporter;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks recognised by their state_dict give what genuine torchvision gave; weights and image come from a formula. */
class StateDictsTest {

    private static final Shape IMAGE = Shape.of(1, 3, 64, 64);

    @TempDir
    Path folder;

    /**
     * A network as {@code tools/torchvision-outputs.py} wrote it.
     *
     * @param name the constructor
     * @param shapes its keys with their sizes
     * @param outputs what torchvision computed in float64
     */
    record Network(String name, Map<String, long[]> shapes, List<Double> outputs) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void networks_of_torchvision_are_known_by_their_keys_and_give_its_numbers(Network network) throws IOException {
        Imported imported = ModuleImporter.lower(
                file(network),
                new ImportOptions(List.of(new InputSpec("x", DataType.FLOAT, IMAGE)), Missing.REFUSE, Unused.REFUSE));
        Path model = folder.resolve("model.onnx");
        OnnxWriter.write(imported.model(), model, ExternalDataPolicy.WHEN_TOO_LARGE);

        float[] outputs = run(model);

        double largest = network.outputs.stream().mapToDouble(Math::abs).max().orElseThrow();
        assertThat(imported.warnings()).anyMatch(warning -> warning.contains("torchvision " + network.name));
        assertThat(outputs).hasSize(network.outputs.size());
        for (int i = 0; i < outputs.length; i++) {
            assertThat((double) outputs[i]).isCloseTo(network.outputs.get(i), within(1e-5 * largest));
        }
    }

    private static float[] run(Path path) throws IOException {
        SessionOptions cpu = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);
        try (RunnableModel model = RunnableModel.open(path);
                Session session = OnnxRuntime.start().open(model, cpu)) {
            return session.run(Map.of("x", Tensor.of(IMAGE, numbers("x", 3 * 64 * 64, 0, 1))))
                    .output("output_0")
                    .toFloats();
        }
    }

    private static TorchFile file(Network network) {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        network.shapes.forEach((key, sizes) -> tensors.put(key, tensor(key, sizes)));
        return new TorchFile(
                TorchForm.SAFETENSORS,
                network.name,
                Map.of(),
                new TorchValue.None(),
                tensors,
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
    }

    private static TorchTensor tensor(String key, long[] sizes) {
        int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
        double middle = sizes.length > 1 ? 0 : key.endsWith("running_var") ? 1 : key.endsWith("weight") ? 0.8 : 0;
        double reach = sizes.length > 1
                ? Math.sqrt(4.5 / ((double) count / sizes[0]))
                : key.endsWith("running_var") ? 0.4 : key.endsWith("weight") ? 0.2 : 0.1;
        Tensor tensor = Tensor.of(Shape.of(sizes), numbers(key, count, middle, reach));
        return new TorchTensor(tensor, TorchDtype.FLOAT32, Optional.empty(), true, false, Optional.empty());
    }

    /** The finalizer of MurmurHash3 over the CRC of the key and the index, as numbers that go this far from the middle. */
    private static float[] numbers(String key, int count, double middle, double reach) {
        CRC32 crc = new CRC32();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            int hash = (int) (crc.getValue() + i * 0x9E3779B9L);
            hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
            hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
            numbers[i] = (float) (middle + reach * (((hash ^ hash >>> 16) & 0xffff_ffffL) / 0x1p31 - 1));
        }
        return numbers;
    }

    static Stream<Network> networks() throws IOException {
        List<Network> networks = new ArrayList<>();
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Objects.requireNonNull(StateDictsTest.class.getResourceAsStream("torch/by_formula.txt.gz"))),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> words = List.of(line.split(" "));
                if (words.get(0).equals("=")) {
                    networks.add(new Network(words.get(1), new LinkedHashMap<>(), new ArrayList<>()));
                    continue;
                }
                Network current = networks.get(networks.size() - 1);
                if (words.get(0).equals("t")) {
                    current.shapes.put(
                            words.get(1),
                            words.stream().skip(2).mapToLong(Long::parseLong).toArray());
                } else {
                    words.stream().skip(1).map(Double::valueOf).forEach(current.outputs::add);
                }
            }
        }
        return networks.stream();
    }
}
