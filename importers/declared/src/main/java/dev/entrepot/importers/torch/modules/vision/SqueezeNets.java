package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.maxPoolCeil;
import static dev.entrepot.importers.torch.modules.state.Layers.relu;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Blueprint;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.Set;

/** SqueezeNet 1.0 and 1.1. Source: torchvision/models/squeezenet.py. */
public final class SqueezeNets {

    private static final String CLASS = "torchvision.models.squeezenet.";
    private static final int LAYERS = 13;

    private SqueezeNets() {}

    /** {@code SqueezeNet.forward}. */
    public static IValue squeezeNet(BoundModule self, IValue x) {
        return Heads.flat(self, self.through(x, "features", "classifier"));
    }

    /** {@code Fire.forward}. */
    public static IValue fire(BoundModule self, IValue x) {
        IValue squeezed = self.through(x, "squeeze", "squeeze_activation");
        return self.cat(
                1,
                self.through(squeezed, "expand1x1", "expand1x1_activation"),
                self.through(squeezed, "expand3x3", "expand3x3_activation"));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        boolean first = keys.size("features.0.weight", 2) == 7;
        Set<Integer> poolings = first ? Set.of(2, 6, 11) : Set.of(2, 5, 8);
        Composite features = sequential(conv(first ? 7 : 3).stride(2).padding(0), relu());
        for (int i = 2; i < LAYERS; i++) {
            features = features.then(poolings.contains(i) ? maxPoolCeil(3, 2, 0) : fire());
        }
        Composite classifier = sequential(dropout(), conv(1), relu(), adaptiveAvgPool(1));
        return Recognised.of(
                "torchvision squeezenet1_" + (first ? 0 : 1),
                Composite.of(CLASS + "SqueezeNet")
                        .with("features", features)
                        .with("classifier", classifier)
                        .at(keys));
    }

    private static Blueprint fire() {
        return Composite.of(CLASS + "Fire")
                .with("squeeze", conv(1))
                .with("squeeze_activation", relu())
                .with("expand1x1", conv(1))
                .with("expand1x1_activation", relu())
                .with("expand3x3", conv(3))
                .with("expand3x3_activation", relu());
    }
}
