package dev.entrepot.importers.torch.modules.vision;

import static dev.entrepot.importers.torch.modules.state.Layers.activation;
import static dev.entrepot.importers.torch.modules.state.Layers.adaptiveAvgPool;
import static dev.entrepot.importers.torch.modules.state.Layers.batchNorm;
import static dev.entrepot.importers.torch.modules.state.Layers.conv;
import static dev.entrepot.importers.torch.modules.state.Layers.dropout;
import static dev.entrepot.importers.torch.modules.state.Layers.relu;
import static dev.entrepot.importers.torch.modules.state.Layers.sequential;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.layers.Resampling;
import dev.entrepot.importers.torch.modules.layers.Reshapings;
import dev.entrepot.importers.torch.modules.state.Composite;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.Map;

/** FCN, DeepLabV3 and LR-ASPP. Source: torchvision/models/segmentation; torchvision/models/_utils.py, IntermediateLayerGetter. */
public final class Segmentation {

    static final String LAYER_GETTER = "torchvision.models._utils.IntermediateLayerGetter";

    private static final String CLASS = "torchvision.models.segmentation.";
    private static final IValue OUT = IValue.of("out");
    private static final IValue AUX = IValue.of("aux");

    private Segmentation() {}

    /** {@code IntermediateLayerGetter.forward}: what some of its modules give, by name. */
    public static IValue layerGetter(BoundModule self, IValue x) {
        if (!(self.attribute("return_layers") instanceof IValue.DictValue wanted)) {
            throw self.malformed("return_layers is " + self.attribute("return_layers"));
        }
        IValue.DictValue results = new IValue.DictValue();
        IValue value = x;
        for (String name : self.module().children().keySet()) {
            value = self.run(name, value);
            IValue called = wanted.entries().get(IValue.of(name));
            if (called != null) {
                results.entries().put(called, value);
            }
        }
        return results;
    }

    /** {@code _SimpleSegmentationModel.forward}: a dictionary of {@code out} and, where the network has one, {@code aux}. */
    public static IValue simple(BoundModule self, IValue x) {
        IValue features = self.run("backbone", x);
        IValue.DictValue results = new IValue.DictValue();
        results.entries().put(OUT, resized(self, self.run("classifier", of(self, features, OUT)), x));
        if (self.has("aux_classifier")) {
            results.entries().put(AUX, resized(self, self.run("aux_classifier", of(self, features, AUX)), x));
        }
        return results;
    }

    private static IValue of(BoundModule self, IValue features, IValue name) {
        if (features instanceof IValue.Broken) {
            return features;
        }
        if (features instanceof IValue.DictValue dict && dict.entries().containsKey(name)) {
            return dict.entries().get(name);
        }
        throw self.malformed("its backbone does not give " + name);
    }

    /** To the height and width of another image. */
    private static IValue resized(BoundModule self, IValue x, IValue like) {
        return Resampling.bilinear(self, x, Reshapings.shape(self.size(like, 2), self.size(like, 3)));
    }

    /** {@code ASPP.forward}: what each of its {@code convs} gives, joined. */
    public static IValue pyramid(BoundModule self, IValue x) {
        BoundModule convs = self.child("convs");
        IValue[] all = convs.module().children().keySet().stream()
                .map(name -> convs.run(name, x))
                .toArray(IValue[]::new);
        return self.run("project", self.cat(1, all));
    }

    /** {@code ASPPPooling.forward}. */
    public static IValue pyramidPooling(BoundModule self, IValue x) {
        return resized(self, self.throughAll(x), x);
    }

    /** {@code LRASPP.forward}. */
    public static IValue lite(BoundModule self, IValue x) {
        IValue.DictValue results = new IValue.DictValue();
        results.entries().put(OUT, resized(self, self.through(x, "backbone", "classifier"), x));
        return results;
    }

    /** {@code LRASPPHead.forward} of a dictionary of {@code low} and {@code high}. */
    public static IValue liteHead(BoundModule self, IValue features) {
        IValue low = of(self, features, IValue.of("low"));
        IValue high = of(self, features, IValue.of("high"));
        IValue scaled = self.multiply(self.run("cbr", high), self.run("scale", high));
        return self.add(self.run("low_classifier", low), self.run("high_classifier", resized(self, scaled, low)));
    }

    /** The FCN or DeepLabV3 whose state_dict this is. */
    public static Recognised recognise(StateKeys keys) {
        StateKeys at = keys.child("backbone");
        boolean residual = at.has("layer1");
        boolean aux = keys.has("aux_classifier");
        boolean pyramid = keys.has("classifier.0.convs");
        Composite backbone = residual ? ResNets.dilatedBackbone(at) : MobileNetsV3.dilatedBackbone(at);
        Composite network = Composite.of(CLASS + (pyramid ? "deeplabv3.DeepLabV3" : "fcn.FCN"))
                .with("backbone", backbone.having("return_layers", layers(residual, aux)))
                .with("classifier", pyramid ? deepLabHead() : head());
        network = aux ? network.with("aux_classifier", head()) : network;
        String name = (pyramid ? "deeplabv3_" : "fcn_") + (residual ? ResNets.name(at) : "mobilenet_v3_large");
        return Recognised.of("torchvision " + name, network.at(keys));
    }

    private static IValue layers(boolean residual, boolean aux) {
        IValue.DictValue layers = new IValue.DictValue();
        layers.entries().put(IValue.of(residual ? "layer4" : "16"), OUT);
        if (aux) {
            layers.entries().put(IValue.of(residual ? "layer3" : "4"), AUX);
        }
        return layers;
    }

    private static Composite head() {
        return ofClass(CLASS + "fcn.FCNHead", sequential(conv(3), batchNorm(), relu(), dropout(), conv(1)));
    }

    private static Composite deepLabHead() {
        Composite rates =
                Composite.of("torch.nn.modules.container.ModuleList").then(sequential(conv(1), batchNorm(), relu()));
        for (long rate : new long[] {12, 24, 36}) {
            rates = rates.then(
                    ofClass(CLASS + "deeplabv3.ASPPConv", sequential(conv(3).dilated(rate), batchNorm(), relu())));
        }
        rates = rates.then(
                ofClass(CLASS + "deeplabv3.ASPPPooling", sequential(adaptiveAvgPool(1), conv(1), batchNorm(), relu())));
        Composite pyramid = Composite.of(CLASS + "deeplabv3.ASPP")
                .with("convs", rates)
                .with("project", sequential(conv(1), batchNorm(), relu(), dropout()));
        return ofClass(CLASS + "deeplabv3.DeepLabHead", sequential(pyramid, conv(3), batchNorm(), relu(), conv(1)));
    }

    private static Composite ofClass(String className, Composite sequential) {
        return new Composite(className, Map.of(), Map.of(), sequential.children());
    }

    /** The LR-ASPP whose state_dict this is. */
    public static Recognised lite(StateKeys keys) {
        IValue.DictValue layers = new IValue.DictValue();
        layers.entries().put(IValue.of("4"), IValue.of("low"));
        layers.entries().put(IValue.of("16"), IValue.of("high"));
        Composite head = Composite.of(CLASS + "lraspp.LRASPPHead")
                .with("cbr", sequential(conv(1), batchNorm(), relu()))
                .with("scale", sequential(adaptiveAvgPool(1), conv(1), activation("Sigmoid")))
                .with("low_classifier", conv(1))
                .with("high_classifier", conv(1));
        Composite network = Composite.of(CLASS + "lraspp.LRASPP")
                .with(
                        "backbone",
                        MobileNetsV3.dilatedBackbone(keys.child("backbone")).having("return_layers", layers))
                .with("classifier", head);
        return Recognised.of("torchvision lraspp_mobilenet_v3_large", network.at(keys));
    }
}
