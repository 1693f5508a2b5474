package dev.entrepot.importers.torch.modules;

import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.Module;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the first layer of a network that has tensors says of the network's input. */
final class FirstLayer {

    private static final String NN = "torch.nn.modules.";

    /** The shape that a layer reads, by class. */
    private static final Map<String, Function<Module, Shape>> READS = Map.ofEntries(
            Map.entry(NN + "activation.MultiheadAttention", layer -> sequence(layer, size(layer, "in_proj_weight", 1))),
            Map.entry(NN + "batchnorm.BatchNorm2d", layer -> shape("N", size(layer, "running_mean", 0), "H", "W")),
            Map.entry(NN + "conv.Conv1d", layer -> shape("N", channels(layer), "L")),
            Map.entry(NN + "conv.Conv2d", layer -> shape("N", channels(layer), "H", "W")),
            Map.entry(NN + "conv.Conv3d", layer -> shape("N", channels(layer), "D", "H", "W")),
            Map.entry(NN + "conv.ConvTranspose2d", layer -> shape("N", size(layer, "weight", 0), "H", "W")),
            Map.entry(NN + "linear.Linear", layer -> shape("N", size(layer, "weight", 1))),
            Map.entry(NN + "rnn.GRU", layer -> sequence(layer, size(layer, "weight_ih_l0", 1))),
            Map.entry(NN + "rnn.LSTM", layer -> sequence(layer, size(layer, "weight_ih_l0", 1))),
            Map.entry(NN + "rnn.RNN", layer -> sequence(layer, size(layer, "weight_ih_l0", 1))),
            Map.entry(NN + "sparse.Embedding", layer -> shape("N", "L")),
            Map.entry(NN + "sparse.EmbeddingBag", layer -> shape("N", "L")));

    private FirstLayer() {}

    /** The input of a network; its shape is unranked where the first layer with tensors does not tell. */
    static InputSpec input(Module network) {
        Optional<Module> first = withTensors(network);
        Shape shape = first.flatMap(layer ->
                        Optional.ofNullable(READS.get(layer.className())).map(read -> read.apply(layer)))
                .orElse(Shape.UNRANKED);
        return new InputSpec("x", first.map(FirstLayer::type).orElse(DataType.FLOAT), shape);
    }

    /** The channels of the images that a network's first convolution reads. */
    static Dim channels(Module layerOrNetwork) {
        return withTensors(layerOrNetwork)
                .map(layer -> size(layer, "weight", 1))
                .filter(Dim::isKnown)
                .map(perGroup -> Dim.of(perGroup.size() * groups(layerOrNetwork)))
                .orElse(Dim.UNKNOWN);
    }

    private static DataType type(Module layer) {
        return layer.className().startsWith(NN + "sparse.")
                ? DataType.INT64
                : layer.tensors().values().iterator().next().tensor().type();
    }

    private static Optional<Module> withTensors(Module network) {
        return network.all()
                .filter(module ->
                        !module.tensors().isEmpty() && module.children().isEmpty()
                                || READS.containsKey(module.className()))
                .findFirst();
    }

    private static long groups(Module layer) {
        return layer.attributes().get("groups") instanceof IValue.Int groups
                ? groups.value().number().orElse(1)
                : 1;
    }

    private static Dim size(Module layer, String name, int axis) {
        TorchTensor tensor = layer.tensors().get(name);
        return tensor == null || tensor.tensor().shape().rank() <= axis
                ? Dim.UNKNOWN
                : tensor.tensor().shape().dim(axis);
    }

    private static Shape sequence(Module layer, Dim features) {
        boolean batchFirst = IValue.of(true).equals(layer.attributes().get("batch_first"));
        return batchFirst ? shape("N", "L", features) : shape("L", "N", features);
    }

    private static Shape shape(Object... dims) {
        List<Dim> all = Arrays.stream(dims)
                .map(dim -> dim instanceof Dim known ? known : Dim.of(String.valueOf(dim)))
                .toList();
        return Shape.of(all);
    }
}
