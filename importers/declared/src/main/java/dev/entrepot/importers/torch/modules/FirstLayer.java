package dev.entrepot.importers.torch.modules;

import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.Module;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What the first layer of a network says of the network's input. */
final class FirstLayer {

    private static final String NN = "torch.nn.modules.";

    /** The shape that a layer with this weight reads, by class. */
    private static final Map<String, Function<Shape, Shape>> READS = Map.of(
            NN + "conv.Conv1d", weight -> Shape.of(List.of(Dim.of("N"), weight.dim(1), Dim.of("L"))),
            NN + "conv.Conv2d", weight -> Shape.of(List.of(Dim.of("N"), weight.dim(1), Dim.of("H"), Dim.of("W"))),
            NN + "conv.Conv3d",
                    weight -> Shape.of(List.of(Dim.of("N"), weight.dim(1), Dim.of("D"), Dim.of("H"), Dim.of("W"))),
            NN + "linear.Linear", weight -> Shape.of(List.of(Dim.of("N"), weight.dim(1))));

    private FirstLayer() {}

    /** The input of a network; its shape is unranked where the first layer with a weight does not tell. */
    static InputSpec input(Module network) {
        Optional<Module> first = withWeight(network);
        DataType type = first.map(FirstLayer::weight)
                .map(weight -> weight.tensor().type())
                .orElse(DataType.FLOAT);
        Shape shape = first.flatMap(FirstLayer::read).orElse(Shape.UNRANKED);
        return new InputSpec("x", type, shape);
    }

    private static Optional<Shape> read(Module layer) {
        return Optional.ofNullable(READS.get(layer.className()))
                .filter(read -> !isGrouped(layer))
                .map(read -> read.apply(weight(layer).tensor().shape()));
    }

    /** The channels that the first convolution of a network without groups reads. */
    static Dim channels(Module network) {
        return withWeight(network)
                .map(layer -> weight(layer).tensor().shape().dim(1))
                .orElse(Dim.UNKNOWN);
    }

    private static Optional<Module> withWeight(Module network) {
        return network.all()
                .filter(module -> module.tensors().containsKey("weight"))
                .findFirst();
    }

    private static boolean isGrouped(Module layer) {
        return !IValue.of(1).equals(layer.attributes().getOrDefault("groups", IValue.of(1)));
    }

    private static TorchTensor weight(Module layer) {
        return Objects.requireNonNull(layer.tensors().get("weight"));
    }
}
