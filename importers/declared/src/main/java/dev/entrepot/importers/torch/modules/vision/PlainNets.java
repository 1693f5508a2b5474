package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.maxPool;
import static dev.entrepot.importers.torch.modules.state.Layers.relu;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** AlexNet and VGG: features, pooling, classifier. Source: torchvision/models/alexnet.py, vgg.py. */
public final class PlainNets {

    /** The constructors by the convolutions between the poolings. */
    private static final Map<List<Integer>, String> VGG = Map.of(
            List.of(1, 1, 2, 2, 2), "vgg11",
            List.of(2, 2, 2, 2, 2), "vgg13",
            List.of(2, 2, 3, 3, 3), "vgg16",
            List.of(2, 2, 4, 4, 4), "vgg19");

    private PlainNets() {}

    /** {@code AlexNet.forward} and {@code VGG.forward}; before torchvision 0.3 without pooling. */
    public static IValue forward(BoundModule self, IValue x) {
        IValue features = Heads.runIfPresent(self, "avgpool", self.run("features", x));
        return self.run("classifier", Heads.flat(self, features));
    }

    /** The AlexNet whose state_dict this is. */
    public static Recognised alexNet(StateKeys keys) {
        Composite features = sequential(
                conv(11).stride(4).padding(2),
                relu(),
                maxPool(3, 2, 0),
                conv(5),
                relu(),
                maxPool(3, 2, 0),
                conv(3),
                relu(),
                conv(3),
                relu(),
                conv(3),
                relu(),
                maxPool(3, 2, 0));
        Composite classifier = sequential(dropout(), linear(), relu(), dropout(), linear(), relu(), linear());
        return Recognised.of(
                "torchvision alexnet",
                Composite.of("torchvision.models.alexnet.AlexNet")
                        .with("features", features)
                        .with("avgpool", adaptiveAvgPool(6))
                        .with("classifier", classifier)
                        .at(keys));
    }

    /** The VGG whose state_dict this is; poolings stand where the numbers of its layers leave a gap. */
    public static Recognised vgg(StateKeys keys) {
        StateKeys at = keys.child("features");
        boolean normalised = at.has("1.running_mean");
        Composite features = Composite.sequential();
        List<Integer> runs = new ArrayList<>(List.of(0));
        while (at.has(String.valueOf(features.children().size()))) {
            features = features.then(conv(3));
            features = normalised ? features.then(batchNorm()) : features;
            features = features.then(relu());
            runs.set(runs.size() - 1, runs.get(runs.size() - 1) + 1);
            if (!at.has(String.valueOf(features.children().size()))) {
                features = features.then(maxPool(2, 2, 0));
                runs.add(0);
            }
        }
        runs.remove(runs.size() - 1);
        String name = VGG.get(runs);
        if (name == null) {
            throw keys.mismatch("features", "has runs of " + runs + " convolutions, which no published VGG has");
        }
        Composite classifier = sequential(linear(), relu(), dropout(), linear(), relu(), dropout(), linear());
        return Recognised.of(
                "torchvision " + name + (normalised ? "_bn" : ""),
                Composite.of("torchvision.models.vgg.VGG")
                        .with("features", features)
                        .with("avgpool", adaptiveAvgPool(7))
                        .with("classifier", classifier)
                        .at(keys));
    }
}
