package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.activation;
import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.linear;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.List;

/** MobileNetV3. Source: torchvision/models/mobilenetv3.py. */
public final class MobileNetsV3 {

    private static final String CLASS = "torchvision.models.mobilenetv3.";
    private static final double EPS = 0.001;

    /**
     * A row of the paper's tables 1 and 2.
     *
     * @param kernel the depthwise kernel
     * @param squeezed whether it has a squeeze and excitation
     * @param hardswish whether its activation is Hardswish, else ReLU
     * @param stride the depthwise stride
     * @param last whether it belongs to the stage that is dilated where MobileNetV3 is a backbone
     */
    private record Row(int kernel, boolean squeezed, boolean hardswish, long stride, boolean last) {
        static Row of(String text) {
            return new Row(
                    text.charAt(0) - '0',
                    text.contains("SE"),
                    text.contains("HS"),
                    text.contains("/2") ? 2 : 1,
                    text.contains("C4"));
        }
    }

    private static final List<Row> LARGE = rows(
            "3 RE",
            "3 RE/2",
            "3 RE",
            "5 SE RE/2",
            "5 SE RE",
            "5 SE RE",
            "3 HS/2",
            "3 HS",
            "3 HS",
            "3 HS",
            "3 SE HS",
            "3 SE HS",
            "5 SE HS/2 C4",
            "5 SE HS C4",
            "5 SE HS C4");

    private static final List<Row> SMALL = rows(
            "3 SE RE/2",
            "3 RE/2",
            "3 RE",
            "5 SE HS/2",
            "5 SE HS",
            "5 SE HS",
            "5 SE HS",
            "5 SE HS",
            "5 SE HS/2 C4",
            "5 SE HS C4",
            "5 SE HS C4");

    private MobileNetsV3() {}

    private static List<Row> rows(String... texts) {
        return List.of(texts).stream().map(Row::of).toList();
    }

    /** {@code MobileNetV3.forward}. */
    public static IValue mobileNetV3(BoundModule self, IValue x) {
        return self.run("classifier", Heads.flat(self, self.through(x, "features", "avgpool")));
    }

    /** {@code mobilenetv3.InvertedResidual.forward}. */
    public static IValue invertedResidual(BoundModule self, IValue x) {
        IValue residual = self.run("block", x);
        return self.flag("use_res_connect", false) ? self.add(residual, x) : residual;
    }

    /** The network whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        StateKeys at = keys.child("features");
        boolean large = isLarge(at);
        Composite classifier = sequential(linear(), activation("Hardswish"), dropout(), linear());
        return Recognised.of(
                "torchvision mobilenet_v3_" + (large ? "large" : "small"),
                Composite.of(CLASS + "MobileNetV3")
                        .with("features", features(Composite.sequential(), at, large ? LARGE : SMALL, 1))
                        .with("avgpool", adaptiveAvgPool(1))
                        .with("classifier", classifier)
                        .at(keys));
    }

    /** The features of the large one as segmentation uses them: the last stage dilated instead of strided. */
    static Composite dilatedBackbone(StateKeys keys) {
        if (!isLarge(keys)) {
            throw keys.mismatch("16", "is missing: only MobileNetV3-Large is a backbone");
        }
        return features(Composite.of(Segmentation.LAYER_GETTER), keys, LARGE, 2);
    }

    private static boolean isLarge(StateKeys features) {
        return features.has(String.valueOf(LARGE.size() + 1));
    }

    private static Composite features(Composite empty, StateKeys keys, List<Row> rows, long dilation) {
        Composite features = empty.then(ConvolutionUnits.unit(conv(3).stride(2), EPS, activation("Hardswish")));
        for (Row row : rows) {
            StateKeys block = keys.child(String.valueOf(features.children().size()));
            features = features.then(block(block, row, row.last ? dilation : 1));
        }
        return features.then(ConvolutionUnits.unit(conv(1), EPS, activation("Hardswish")));
    }

    private static Composite block(StateKeys keys, Row row, long dilation) {
        StateKeys at = keys.child("block");
        var activation = activation(row.hardswish ? "Hardswish" : "ReLU");
        Composite layers = Composite.sequential();
        if (at.has("0.0") && at.size("0.0.weight", 1) != 1) {
            layers = layers.then(ConvolutionUnits.unit(conv(1), EPS, activation));
        }
        long stride = dilation > 1 ? 1 : row.stride;
        layers = layers.then(ConvolutionUnits.unit(
                conv(row.kernel).dilated(dilation).stride(stride).depthwise(), EPS, activation));
        if (row.squeezed) {
            layers = layers.then(ConvolutionUnits.squeeze(activation("ReLU"), activation("Hardsigmoid")));
        }
        layers = layers.then(ConvolutionUnits.unit(conv(1), EPS));
        long out = at.size((layers.children().size() - 1) + ".0.weight", 0);
        boolean residual = row.stride == 1 && ConvolutionUnits.inputChannels(at.child("0")) == out;
        return Composite.of(CLASS + "InvertedResidual")
                .having("use_res_connect", IValue.of(residual))
                .with("block", layers);
    }
}
