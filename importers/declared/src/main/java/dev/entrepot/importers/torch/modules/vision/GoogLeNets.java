package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.maxPoolCeil;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Convolution;
import dev.entrepot.importers.torch.modules.state.Layers;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;

/** GoogLeNet. Source: torchvision/models/googlenet.py. */
public final class GoogLeNets {

    private static final String CLASS = "torchvision.models.googlenet.";

    /** ImageNet's means and deviations per channel, which transform_input undoes to go on with 0.5 and 0.5. */
    private static final double[][] MEAN_AND_DEVIATION = {{0.485, 0.229}, {0.456, 0.224}, {0.406, 0.225}};

    private GoogLeNets() {}

    /** {@code GoogLeNet.forward}; the auxiliary classifiers are for training only. */
    public static IValue googLeNet(BoundModule self, IValue x) {
        IValue features = self.through(
                transformedInput(self, x),
                "conv1",
                "maxpool1",
                "conv2",
                "conv3",
                "maxpool2",
                "inception3a",
                "inception3b",
                "maxpool3",
                "inception4a",
                "inception4b",
                "inception4c",
                "inception4d",
                "inception4e",
                "maxpool4",
                "inception5a",
                "inception5b",
                "avgpool");
        return self.run("fc", Heads.runIfPresent(self, "dropout", Heads.flat(self, features)));
    }

    /** The input as the original weights expect it, where {@code transform_input} is set; also Inception3's. */
    static IValue transformedInput(BoundModule self, IValue x) {
        if (!self.flag("transform_input", false)) {
            return x;
        }
        List<IValue> channels = new ArrayList<>();
        for (int channel = 0; channel < MEAN_AND_DEVIATION.length; channel++) {
            IValue one = self.call(
                    "aten::unsqueeze", self.call("aten::select", x, IValue.of(1), IValue.of(channel)), IValue.of(1));
            double mean = MEAN_AND_DEVIATION[channel][0];
            double deviation = MEAN_AND_DEVIATION[channel][1];
            channels.add(self.add(self.multiply(one, IValue.of(deviation / 0.5)), IValue.of((mean - 0.5) / 0.5)));
        }
        return self.cat(1, channels.toArray(IValue[]::new));
    }

    /** {@code Inception.forward}. */
    public static IValue inception(BoundModule self, IValue x) {
        return self.cat(
                1, self.run("branch1", x), self.run("branch2", x), self.run("branch3", x), self.run("branch4", x));
    }

    /** {@code BasicConv2d.forward}, also Inception3's. */
    public static IValue basicConv2d(BoundModule self, IValue x) {
        return self.call("aten::relu", self.through(x, "conv", "bn"));
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        List<String> notes = new ArrayList<>();
        notes.add(Inceptions.INPUT_NOTE);
        Inceptions.leaveOut(keys, notes, "aux1", "aux2");
        Composite network = Composite.of(CLASS + "GoogLeNet")
                .having("transform_input", IValue.of(false))
                .with("conv1", basic(CLASS, Layers.conv(7).stride(2)))
                .with("maxpool1", maxPoolCeil(3, 2, 0))
                .with("conv2", basic(CLASS, Layers.conv(1)))
                .with("conv3", basic(CLASS, Layers.conv(3)))
                .with("maxpool2", maxPoolCeil(3, 2, 0))
                .with("inception3a", inception())
                .with("inception3b", inception())
                .with("maxpool3", maxPoolCeil(3, 2, 0));
        for (String letter : List.of("a", "b", "c", "d", "e")) {
            network = network.with("inception4" + letter, inception());
        }
        network = network.with("maxpool4", maxPoolCeil(2, 2, 0))
                .with("inception5a", inception())
                .with("inception5b", inception())
                .with("avgpool", adaptiveAvgPool(1))
                .with("dropout", dropout())
                .with("fc", linear());
        return new Recognised("torchvision googlenet", network.at(keys), 224, notes);
    }

    private static Composite inception() {
        return Composite.of(CLASS + "Inception")
                .with("branch1", basic(CLASS, Layers.conv(1)))
                .with("branch2", sequential(basic(CLASS, Layers.conv(1)), basic(CLASS, Layers.conv(3))))
                .with("branch3", sequential(basic(CLASS, Layers.conv(1)), basic(CLASS, Layers.conv(3))))
                .with("branch4", sequential(maxPoolCeil(3, 1, 1), basic(CLASS, Layers.conv(1))));
    }

    /** {@code BasicConv2d} of a Python module. */
    static Composite basic(String module, Convolution convolution) {
        return Composite.of(module + "BasicConv2d").with("conv", convolution).with("bn", batchNorm(0.001));
    }
}
