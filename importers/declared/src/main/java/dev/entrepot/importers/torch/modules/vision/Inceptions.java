package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.maxPool;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Convolution;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;

/** Inception v3. Source: torchvision/models/inception.py. */
public final class Inceptions {

    static final String INPUT_NOTE =
            "transform_input is taken as False, which a state_dict does not tell; torchvision's own pretrained weights"
                    + " were trained with True: for them give images normalised with mean 0.5 and deviation 0.5";

    private static final String CLASS = "torchvision.models.inception.";

    private Inceptions() {}

    /** {@code Inception3.forward}; the auxiliary classifier is for training only. Poolings were no modules before torchvision 0.8. */
    public static IValue inception3(BoundModule self, IValue x) {
        IValue value =
                self.through(GoogLeNets.transformedInput(self, x), "Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3");
        value = self.through(pooled(self, "maxpool1", value), "Conv2d_3b_1x1", "Conv2d_4a_3x3");
        value = self.through(
                pooled(self, "maxpool2", value),
                "Mixed_5b",
                "Mixed_5c",
                "Mixed_5d",
                "Mixed_6a",
                "Mixed_6b",
                "Mixed_6c",
                "Mixed_6d",
                "Mixed_6e",
                "Mixed_7a",
                "Mixed_7b",
                "Mixed_7c");
        return self.run("fc", Heads.meansOfChannels(self, value));
    }

    private static IValue pooled(BoundModule self, String name, IValue x) {
        return self.has(name) ? self.run(name, x) : maxPooled(self, x);
    }

    private static IValue maxPooled(BoundModule self, IValue x) {
        return self.call("aten::max_pool2d", x, IValue.ints(3, 3), IValue.ints(2, 2));
    }

    private static IValue averaged(BoundModule self, IValue x) {
        return self.call("aten::avg_pool2d", x, IValue.ints(3, 3), IValue.ints(1, 1), IValue.ints(1, 1));
    }

    /** {@code InceptionA.forward}: 35 by 35. */
    public static IValue inceptionA(BoundModule self, IValue x) {
        return self.cat(
                1,
                self.run("branch1x1", x),
                self.through(x, "branch5x5_1", "branch5x5_2"),
                self.through(x, "branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"),
                self.run("branch_pool", averaged(self, x)));
    }

    /** {@code InceptionB.forward}: 35 by 35 to 17 by 17. */
    public static IValue inceptionB(BoundModule self, IValue x) {
        return self.cat(
                1,
                self.run("branch3x3", x),
                self.through(x, "branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"),
                maxPooled(self, x));
    }

    /** {@code InceptionC.forward}: 17 by 17. */
    public static IValue inceptionC(BoundModule self, IValue x) {
        return self.cat(
                1,
                self.run("branch1x1", x),
                self.through(x, "branch7x7_1", "branch7x7_2", "branch7x7_3"),
                self.through(
                        x, "branch7x7dbl_1", "branch7x7dbl_2", "branch7x7dbl_3", "branch7x7dbl_4", "branch7x7dbl_5"),
                self.run("branch_pool", averaged(self, x)));
    }

    /** {@code InceptionD.forward}: 17 by 17 to 8 by 8. */
    public static IValue inceptionD(BoundModule self, IValue x) {
        return self.cat(
                1,
                self.through(x, "branch3x3_1", "branch3x3_2"),
                self.through(x, "branch7x7x3_1", "branch7x7x3_2", "branch7x7x3_3", "branch7x7x3_4"),
                maxPooled(self, x));
    }

    /** {@code InceptionE.forward}: 8 by 8. */
    public static IValue inceptionE(BoundModule self, IValue x) {
        IValue once = self.run("branch3x3_1", x);
        IValue twice = self.through(x, "branch3x3dbl_1", "branch3x3dbl_2");
        return self.cat(
                1,
                self.run("branch1x1", x),
                self.cat(1, self.run("branch3x3_2a", once), self.run("branch3x3_2b", once)),
                self.cat(1, self.run("branch3x3dbl_3a", twice), self.run("branch3x3dbl_3b", twice)),
                self.run("branch_pool", averaged(self, x)));
    }

    /** Leaves out classifiers that only training uses. */
    static void leaveOut(StateKeys keys, List<String> notes, String... names) {
        for (String name : names) {
            if (keys.has(name)) {
                keys.ignore(name);
                notes.add("\"" + name + "\" is left out: an auxiliary classifier, which only training uses");
            }
        }
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        List<String> notes = new ArrayList<>(List.of(INPUT_NOTE));
        leaveOut(keys, notes, "AuxLogits");
        Composite network = Composite.of(CLASS + "Inception3")
                .having("transform_input", IValue.of(false))
                .with("Conv2d_1a_3x3", basic(conv(3).stride(2).padding(0)))
                .with("Conv2d_2a_3x3", basic(conv(3).padding(0)))
                .with("Conv2d_2b_3x3", basic(conv(3)))
                .with("maxpool1", maxPool(3, 2, 0))
                .with("Conv2d_3b_1x1", basic(conv(1)))
                .with("Conv2d_4a_3x3", basic(conv(3).padding(0)))
                .with("maxpool2", maxPool(3, 2, 0))
                .with("Mixed_5b", blockA())
                .with("Mixed_5c", blockA())
                .with("Mixed_5d", blockA())
                .with("Mixed_6a", blockB())
                .with("Mixed_6b", blockC())
                .with("Mixed_6c", blockC())
                .with("Mixed_6d", blockC())
                .with("Mixed_6e", blockC())
                .with("Mixed_7a", blockD())
                .with("Mixed_7b", blockE())
                .with("Mixed_7c", blockE())
                .with("avgpool", adaptiveAvgPool(1))
                .with("dropout", dropout())
                .with("fc", linear());
        return new Recognised("torchvision inception_v3", network.at(keys), 299, notes);
    }

    private static Composite basic(Convolution convolution) {
        return GoogLeNets.basic(CLASS, convolution);
    }

    private static Composite blockA() {
        return Composite.of(CLASS + "InceptionA")
                .with("branch1x1", basic(conv(1)))
                .with("branch5x5_1", basic(conv(1)))
                .with("branch5x5_2", basic(conv(5)))
                .with("branch3x3dbl_1", basic(conv(1)))
                .with("branch3x3dbl_2", basic(conv(3)))
                .with("branch3x3dbl_3", basic(conv(3)))
                .with("branch_pool", basic(conv(1)));
    }

    private static Composite blockB() {
        return Composite.of(CLASS + "InceptionB")
                .with("branch3x3", basic(conv(3).stride(2).padding(0)))
                .with("branch3x3dbl_1", basic(conv(1)))
                .with("branch3x3dbl_2", basic(conv(3)))
                .with("branch3x3dbl_3", basic(conv(3).stride(2).padding(0)));
    }

    private static Composite blockC() {
        return Composite.of(CLASS + "InceptionC")
                .with("branch1x1", basic(conv(1)))
                .with("branch7x7_1", basic(conv(1)))
                .with("branch7x7_2", basic(conv(1, 7)))
                .with("branch7x7_3", basic(conv(7, 1)))
                .with("branch7x7dbl_1", basic(conv(1)))
                .with("branch7x7dbl_2", basic(conv(7, 1)))
                .with("branch7x7dbl_3", basic(conv(1, 7)))
                .with("branch7x7dbl_4", basic(conv(7, 1)))
                .with("branch7x7dbl_5", basic(conv(1, 7)))
                .with("branch_pool", basic(conv(1)));
    }

    private static Composite blockD() {
        return Composite.of(CLASS + "InceptionD")
                .with("branch3x3_1", basic(conv(1)))
                .with("branch3x3_2", basic(conv(3).stride(2).padding(0)))
                .with("branch7x7x3_1", basic(conv(1)))
                .with("branch7x7x3_2", basic(conv(1, 7)))
                .with("branch7x7x3_3", basic(conv(7, 1)))
                .with("branch7x7x3_4", basic(conv(3).stride(2).padding(0)));
    }

    private static Composite blockE() {
        return Composite.of(CLASS + "InceptionE")
                .with("branch1x1", basic(conv(1)))
                .with("branch3x3_1", basic(conv(1)))
                .with("branch3x3_2a", basic(conv(1, 3)))
                .with("branch3x3_2b", basic(conv(3, 1)))
                .with("branch3x3dbl_1", basic(conv(1)))
                .with("branch3x3dbl_2", basic(conv(3)))
                .with("branch3x3dbl_3a", basic(conv(1, 3)))
                .with("branch3x3dbl_3b", basic(conv(3, 1)))
                .with("branch_pool", basic(conv(1)));
    }
}
