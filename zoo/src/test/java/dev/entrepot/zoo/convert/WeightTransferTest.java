package dev.entrepot.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
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
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.Weights;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights of PyTorch in the same network of Chainer give the numbers of PyTorch. */
class WeightTransferTest {

    private static final Path TREES =
            Path.of("../importers/declared/src/test/resources/dev/entrepot/importers/torch/modules/torchvision.txt.gz");
    private static final Pattern STATE = Pattern.compile(".*\\.(weight|bias|running_mean|running_var)");

    @TempDir
    Path folder;

    /** With PyTorch's eps. */
    @Test
    void a_resnet_for_cifar_gives_in_chainer_what_it_gives_in_pytorch() throws IOException {
        Shape image = Shape.of(4, 3, 32, 32);
        Graph empty = traced(Dialect.PYTORCH, "resnet_cifar.py", "ResNet(3)", Weights.NONE, image, Missing.FILL)
                .graph();
        Map<String, Tensor> state = new LinkedHashMap<>();
        empty.initializers().forEach((name, tensor) -> {
            if (STATE.matcher(name).matches()) {
                state.put(name, FormulaTensor.ofState(name, tensor.shape()));
            }
        });
        ByteSource file = ByteSource.of("resnet14.safetensors", safetensors(state));
        Weights torch = Dialect.PYTORCH.weights(file, ImportOptions.DEFAULT);
        Weights chainer = Dialect.CHAINER.weights(file, ImportOptions.DEFAULT);

        float[] expected =
                run(traced(Dialect.PYTORCH, "resnet_cifar.py", "ResNet(3)", torch, image, Missing.REFUSE), image);
        float[] actual =
                run(traced(Dialect.CHAINER, "resnet_cifar.py", "ResNet(3)", chainer, image, Missing.REFUSE), image);

        assertThat(expected).hasSize(40);
        assertThat(difference(actual, expected)).isLessThan(1e-5);
    }

    @Test
    void a_resnet_50_of_torchvision_gives_in_chainer_what_it_gives_in_pytorch() throws IOException {
        Shape image = Shape.of(1, 3, 224, 224);
        Map<String, Tensor> state = torchvision("resnet50");
        Weights weights = new Weights("resnet50.pth", TorchNames.toChainer(state), List.of());
        float[] expected = run(recognised("resnet50", state, image), image);

        float[] same = run(
                traced(
                        Dialect.CHAINER,
                        "resnet50.py",
                        "ResNet50(downsample_fb=True, pads=True, nobias=True, eps=1e-5)",
                        weights,
                        image,
                        Missing.REFUSE),
                image);
        float[] naive = run(traced(Dialect.CHAINER, "resnet50.py", "ResNet50()", weights, image, Missing.FILL), image);

        assertThat(expected).hasSize(1000);
        assertThat(difference(same, expected)).isLessThan(1e-5);
        assertThat(difference(naive, expected))
                .as("strides in the first convolution of a block, and pooling without padding, are another network")
                .isGreaterThan(0.02);
    }

    @Test
    void an_inception_v3_of_torchvision_gives_in_chainer_the_features_that_it_gives_in_pytorch() throws IOException {
        Shape image = Shape.of(1, 3, 299, 299);
        Map<String, Tensor> state = torchvision("inception_v3");
        Weights weights = new Weights("inception_v3.pth", TorchNames.toChainer(state), List.of());
        float[] expected = run(withoutClassifier(recognised("inception_v3", state, image)), image);

        float[] features =
                run(traced(Dialect.CHAINER, "inception_v3.py", "InceptionV3", weights, image, Missing.REFUSE), image);

        assertThat(expected).hasSize(2048);
        assertThat(difference(features, expected)).isLessThan(1e-5);
    }

    /** The largest difference over the largest expected number. */
    private static double difference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isFinite();
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
        }
        assertThat(largest).isGreaterThan(1e-3);
        return difference / largest;
    }

    // --- networks

    private static Model traced(
            Dialect dialect, String file, String expression, Weights weights, Shape image, Missing missing)
            throws IOException {
        String resource = "/architectures/" + dialect.title() + "/" + file;
        try (var in = WeightTransferTest.class.getResourceAsStream(resource)) {
            PythonFile source = new PythonFile(
                    file,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("L.BatchNormalization(width)", "L.BatchNormalization(width, eps=1e-5)"));
            return TracedSource.imported(
                            dialect,
                            new SourceExpression(file, expression),
                            List.of(source),
                            weights,
                            new ImportOptions(
                                    List.of(new InputSpec("x", DataType.FLOAT, image)), missing, Unused.IGNORE))
                    .model();
        }
    }

    private static Model recognised(String name, Map<String, Tensor> state, Shape image) {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        state.forEach((key, tensor) -> tensors.put(
                key, new TorchTensor(tensor, TorchDtype.FLOAT32, Optional.empty(), true, false, Optional.empty())));
        TorchFile file = new TorchFile(
                TorchForm.SAFETENSORS,
                name,
                Map.of(),
                new TorchValue.None(),
                tensors,
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of());
        Imported imported = ModuleImporter.lower(
                file,
                new ImportOptions(List.of(new InputSpec("x", DataType.FLOAT, image)), Missing.REFUSE, Unused.IGNORE));
        assertThat(imported.warnings()).anyMatch(warning -> warning.contains("torchvision " + name));
        return imported.model();
    }

    /** The model up to what its last fully connected layer takes. */
    private static Model withoutClassifier(Model model) {
        Graph graph = model.graph();
        Value features = graph.nodes().stream()
                .filter(node -> node.op().equals("Gemm"))
                .reduce((first, last) -> last)
                .orElseThrow()
                .inputs()
                .get(0);
        return model.withGraph(
                Graph.of(graph.name(), graph.inputs(), List.of(features), graph.nodes(), graph.initializers()));
    }

    private float[] run(Model model, Shape image) throws IOException {
        Path path = Files.createTempDirectory(folder, "model").resolve("model.onnx");
        OnnxWriter.write(model, path, ExternalDataPolicy.WHEN_TOO_LARGE);
        SessionOptions cpu = SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU);
        try (RunnableModel runnable = RunnableModel.open(path);
                Session session = OnnxRuntime.start().open(runnable, cpu)) {
            String output = model.graph().outputs().get(0).name();
            return session.run(Map.of("x", FormulaTensor.image(image)))
                    .output(output)
                    .toFloats();
        }
    }

    // --- weights

    /** Random weights under the keys of a network's own state_dict, as {@code tools/torchvision-trees.py} wrote them. */
    private static Map<String, Tensor> torchvision(String network) throws IOException {
        Map<String, Tensor> state = new LinkedHashMap<>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(TREES)), StandardCharsets.UTF_8))) {
            boolean inside = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> words = List.of(line.split(" "));
                if (words.get(0).equals("=")) {
                    inside = words.get(1).equals(network);
                } else if (inside && words.get(0).equals("t")) {
                    long[] sizes =
                            words.stream().skip(2).mapToLong(Long::parseLong).toArray();
                    state.put(words.get(1), FormulaTensor.ofState(words.get(1), Shape.of(sizes)));
                }
            }
        }
        return state;
    }

    /** A file as the safetensors library writes it. */
    private static byte[] safetensors(Map<String, Tensor> state) throws IOException {
        List<String> entries = new ArrayList<>();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Map.Entry<String, Tensor> entry : state.entrySet()) {
            Tensor tensor = entry.getValue();
            int start = data.size();
            tensor.data().writeTo(Channels.newChannel(data));
            entries.add("\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                    .formatted(entry.getKey(), tensor.shape(), start, data.size()));
        }
        byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + header.length + data.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(data.toByteArray())
                .array();
    }
}
