package dev.entrepot.importers.torch.modules;

import dev.entrepot.formats.torch.TorchDtype;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** What torchvision's own constructors make, as {@code tools/torchvision-trees.py} wrote it. */
final class TorchvisionTrees {

    private TorchvisionTrees() {}

    /**
     * A network.
     *
     * @param name the constructor
     * @param modules class and attributes by path
     * @param shapes the keys of its state_dict with their sizes
     */
    record Network(String name, Map<String, List<String>> modules, Map<String, long[]> shapes) {

        /** A state_dict of zeros, which take no memory. */
        Map<String, TorchTensor> stateDict() {
            Map<String, TorchTensor> tensors = new LinkedHashMap<>();
            shapes.forEach((key, sizes) -> tensors.put(key, zeros(key, sizes)));
            return tensors;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Network> all() {
        Map<String, Network> networks = new LinkedHashMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        Objects.requireNonNull(TorchvisionTrees.class.getResourceAsStream("torchvision.txt.gz"))),
                StandardCharsets.UTF_8))) {
            Network current = new Network("", new LinkedHashMap<>(), new LinkedHashMap<>());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> words = List.of(line.split(" "));
                switch (words.get(0)) {
                    case "=" -> {
                        current = new Network(words.get(1), new LinkedHashMap<>(), new LinkedHashMap<>());
                        networks.put(current.name, current);
                    }
                    case "m" ->
                        current.modules.put(
                                words.get(1).equals(".") ? "" : words.get(1), words.subList(2, words.size()));
                    case "t" ->
                        current.shapes.put(
                                words.get(1),
                                words.stream()
                                        .skip(2)
                                        .mapToLong(Long::parseLong)
                                        .toArray());
                    default -> {}
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return List.copyOf(networks.values());
    }

    static Network named(String name) {
        return all().stream()
                .filter(network -> network.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    static TorchTensor zeros(String key, long... sizes) {
        boolean index = key.endsWith("relative_position_index");
        DataType type = index ? DataType.INT64 : DataType.FLOAT;
        Tensor tensor = new Tensor(
                type,
                Shape.of(sizes),
                new Zeros(type.byteLength(Arrays.stream(sizes).reduce(1, (a, b) -> a * b))));
        return new TorchTensor(
                tensor,
                index ? TorchDtype.INT64 : TorchDtype.FLOAT32,
                Optional.empty(),
                false,
                false,
                Optional.empty());
    }

    private record Zeros(long byteLength) implements TensorData {
        @Override
        public void writeTo(WritableByteChannel out) throws IOException {
            for (long left = byteLength; left > 0; left -= 1 << 12) {
                out.write(ByteBuffer.allocate((int) Math.min(left, 1 << 12)));
            }
        }
    }
}
