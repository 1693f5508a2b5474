package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import dev.entrepot.importers.torch.modules.tree.Forward;
import java.util.List;
import java.util.Map;

/** Activations. Source: torch/nn/modules/activation.py. */
public final class Activations {

    private Activations() {}

    /** An activation without attributes, which is one operator. */
    public static Forward plain(String operator) {
        return (self, x) -> self.call(operator, x);
    }

    /** {@code Threshold}: x where it is over the threshold, else the value. */
    public static IValue threshold(BoundModule self, IValue x) {
        return self.call("aten::threshold", x, self.attribute("threshold"), self.attribute("value"));
    }

    /** {@code RReLU}, whose slope at inference is the middle of its range. */
    public static IValue rrelu(BoundModule self, IValue x) {
        double slope = (real(self, "lower", 1.0 / 8) + real(self, "upper", 1.0 / 3)) / 2;
        return self.call("aten::leaky_relu", x, IValue.of(slope));
    }

    /** {@code Hardtanh}. */
    public static IValue hardtanh(BoundModule self, IValue x) {
        return self.call(
                "aten::hardtanh",
                x,
                self.attribute("min_val", IValue.of(-1.0)),
                self.attribute("max_val", IValue.of(1.0)));
    }

    /** {@code ReLU6}. */
    public static IValue relu6(BoundModule self, IValue x) {
        return self.call("aten::hardtanh", x, IValue.of(0.0), IValue.of(6.0));
    }

    /** {@code ELU}. */
    public static IValue elu(BoundModule self, IValue x) {
        return self.call("aten::elu", x, self.attribute("alpha", IValue.of(1.0)));
    }

    /** {@code CELU}. */
    public static IValue celu(BoundModule self, IValue x) {
        return self.call("aten::celu", x, self.attribute("alpha", IValue.of(1.0)));
    }

    /** {@code GLU}. */
    public static IValue glu(BoundModule self, IValue x) {
        return self.call("aten::glu", x, self.attribute("dim", IValue.of(-1)));
    }

    /** {@code GELU}, exact before it had the attribute {@code approximate}. */
    public static IValue gelu(BoundModule self, IValue x) {
        return self.call("aten::gelu", List.of(x), Map.of("approximate", IValue.of(self.text("approximate", "none"))));
    }

    /** {@code Hardshrink}. */
    public static IValue hardshrink(BoundModule self, IValue x) {
        return self.call("aten::hardshrink", x, self.attribute("lambd", IValue.of(0.5)));
    }

    /** {@code Softshrink}. */
    public static IValue softshrink(BoundModule self, IValue x) {
        return self.call("aten::softshrink", x, self.attribute("lambd", IValue.of(0.5)));
    }

    /** {@code LeakyReLU}. */
    public static IValue leakyRelu(BoundModule self, IValue x) {
        return self.call("aten::leaky_relu", x, self.attribute("negative_slope", IValue.of(0.01)));
    }

    /** {@code Softplus}. */
    public static IValue softplus(BoundModule self, IValue x) {
        return self.call(
                "aten::softplus",
                x,
                self.attribute("beta", IValue.of(1.0)),
                self.attribute("threshold", IValue.of(20.0)));
    }

    /** {@code PReLU}. */
    public static IValue prelu(BoundModule self, IValue x) {
        return self.call("aten::prelu", x, self.tensor("weight"));
    }

    /** {@code Softsign}: {@code x / (1 + |x|)}. */
    public static IValue softsign(BoundModule self, IValue x) {
        return self.call("aten::div", x, self.add(self.call("aten::abs", x), IValue.of(1)));
    }

    /** {@code Tanhshrink}: {@code x - tanh(x)}. */
    public static IValue tanhshrink(BoundModule self, IValue x) {
        return self.call("aten::sub", x, self.call("aten::tanh", x));
    }

    /** {@code Softmax}. */
    public static IValue softmax(BoundModule self, IValue x) {
        return self.call("aten::softmax", x, axis(self, x), IValue.NONE);
    }

    /** {@code LogSoftmax}. */
    public static IValue logSoftmax(BoundModule self, IValue x) {
        return self.call("aten::log_softmax", x, axis(self, x), IValue.NONE);
    }

    /** {@code Softmin}. */
    public static IValue softmin(BoundModule self, IValue x) {
        return self.call("aten::softmax", self.call("aten::neg", x), axis(self, x), IValue.NONE);
    }

    /** {@code Softmax2d}: over the channels of [N, C, H, W]. */
    public static IValue softmax2d(BoundModule self, IValue x) {
        return self.call("aten::softmax", x, IValue.of(-3), IValue.NONE);
    }

    /** The axis; where none is said, the one that old files meant. Source: torch/nn/functional.py, _get_softmax_dim. */
    private static IValue axis(BoundModule self, IValue x) {
        if (self.isSet("dim")) {
            return self.attribute("dim");
        }
        int rank = self.rank(x);
        return IValue.of(rank == 0 || rank == 1 || rank == 3 ? 0 : 1);
    }

    private static double real(BoundModule self, String name, double otherwise) {
        IValue value = self.attribute(name, IValue.of(otherwise));
        if (value instanceof IValue.Int) {
            return self.number(name);
        }
        if (value instanceof IValue.Real real) {
            return real.value();
        }
        throw self.malformed("attribute \"" + name + "\" is " + value + ", not a number");
    }
}
