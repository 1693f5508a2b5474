package dev.entrepot.importers.torch.operators.pointwise;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.ComputeTypes;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Activations: one function for every element. Source: aten/src/ATen/native/Activation.cpp, cpu/Activation.cpp. */
public final class Activations {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::_prelu_kernel", Activations::prelu),
            one("aten::celu", Activations::celu),
            one("aten::elu", Activations::elu),
            one("aten::gelu", Activations::gelu),
            one("aten::glu", Activations::glu),
            one("aten::hardshrink", call -> shrink(call, 0)),
            one("aten::hardsigmoid", Activations::hardsigmoid),
            one("aten::hardswish", Activations::hardswish),
            one("aten::hardtanh", Activations::hardtanh),
            one("aten::leaky_relu", Activations::leakyRelu),
            one("aten::log_sigmoid", Activations::logSigmoid),
            one("aten::mish", Activations::mish),
            one("aten::prelu", Activations::prelu),
            one("aten::relu", Activations::relu),
            one("aten::relu6", Activations::relu6),
            one("aten::selu", Activations::selu),
            one("aten::silu", Activations::silu),
            one("aten::softplus", Activations::softplus),
            one("aten::softshrink", call -> shrink(call, call.real("lambd"))),
            one("aten::threshold", Activations::threshold),
            many("aten::log_sigmoid_forward", call -> List.of(logSigmoid(call), call.scalar(0, DataType.FLOAT))),
            one("aten::rrelu", Activations::rrelu),
            one("aten::_add_relu", Activations::addRelu));
    // spotless:on

    private Activations() {}

    private static Value relu(AtenCall call) {
        Value self = call.value("self");
        DataType type = self.dataType();
        return ComputeTypes.isWhole(type)
                ? ComputeTypes.computed(call, "Max", type, self, call.scalar(0, type))
                : ComputeTypes.computed(call, "Relu", type, self);
    }

    private static Value relu6(AtenCall call) {
        return clipped(call, call.value("self"), 0, 6);
    }

    private static Value hardtanh(AtenCall call) {
        return clipped(call, call.value("self"), call.real("min_val"), call.real("max_val"));
    }

    private static Value clipped(AtenCall call, Value value, double min, double max) {
        DataType type = value.dataType();
        return ComputeTypes.computed(call, "Clip", type, value, call.scalar(min, type), call.scalar(max, type));
    }

    private static Value leakyRelu(AtenCall call) {
        Value self = call.value("self");
        double slope = call.real("negative_slope");
        return self.dataType() == DataType.DOUBLE
                ? weighted(call, self, call.scalar(slope, DataType.DOUBLE))
                : ComputeTypes.inFloat32(call, "LeakyRelu", Attributes.of("alpha", (float) slope), self);
    }

    /** The slope is one for all, or one for each channel, the second axis. */
    private static Value prelu(AtenCall call) {
        Value self = call.value("self");
        Value weight = call.value("weight");
        int rank = call.rank(self);
        if (call.rank(weight) == 1 && rank > 2) {
            long[] trailing = LongStream.range(1, rank - 1L).toArray();
            weight = call.unsqueeze(weight, trailing);
        }
        if (call.rank(weight) > rank) {
            weight = call.reshape(weight, new long[0]);
        }
        return self.dataType() == DataType.DOUBLE
                ? weighted(call, self, weight)
                : ComputeTypes.computed(call, "PRelu", self.dataType(), self, weight);
    }

    /** {@code max(x, 0) + slope * min(x, 0)}. */
    private static Value weighted(AtenCall call, Value x, Value slope) {
        Value zero = call.scalar(0, x.dataType());
        Value negative = call.add("Mul", slope, call.add("Min", x, zero));
        return call.add("Add", call.add("Max", x, zero), negative);
    }

    /** {@code scale * (x > 0 ? x : alpha * (exp(input_scale * x) - 1))}. */
    private static Value elu(AtenCall call) {
        double scale = call.real("scale");
        double inputScale = call.real("input_scale");
        Value self = call.value("self");
        if (scale == 1 && inputScale == 1) {
            return exponential(call, self, call.real("alpha"));
        }
        DataType type = self.dataType();
        Value negative = exponential(
                call,
                ComputeTypes.computed(call, "Mul", type, self, call.scalar(inputScale, type)),
                call.real("alpha"));
        Value positive = call.add("Greater", self, call.scalar(0, type));
        Value chosen = call.add("Where", positive, self, negative);
        return ComputeTypes.computed(call, "Mul", type, chosen, call.scalar(scale, type));
    }

    private static Value exponential(AtenCall call, Value x, double alpha) {
        DataType type = x.dataType();
        if (type != DataType.DOUBLE) {
            return ComputeTypes.inFloat32(call, "Elu", Attributes.of("alpha", (float) alpha), x);
        }
        Value zero = call.scalar(0, type);
        Value less = call.add("Sub", call.add("Exp", call.add("Min", x, zero)), call.scalar(1, type));
        return call.add("Add", call.add("Max", x, zero), call.add("Mul", less, call.scalar(alpha, type)));
    }

    /** {@code max(0, x) + min(0, alpha * (exp(x / alpha) - 1))}. */
    private static Value celu(AtenCall call) {
        double alpha = call.real("alpha");
        if (alpha == 0) {
            throw call.malformed("alpha is 0");
        }
        Value self = call.value("self");
        DataType type = self.dataType();
        Value scaled = ComputeTypes.computed(call, "Div", type, self, call.scalar(alpha, type));
        return ComputeTypes.computed(call, "Mul", type, exponential(call, scaled, 1), call.scalar(alpha, type));
    }

    private static Value selu(AtenCall call) {
        Value self = call.value("self");
        double alpha = 1.6732632423543772848170429916717;
        double scale = 1.0507009873554804934193349852946;
        if (self.dataType() != DataType.DOUBLE) {
            return ComputeTypes.inFloat32(
                    call, "Selu", Attributes.of("alpha", (float) alpha).with("gamma", (float) scale), self);
        }
        return call.add("Mul", exponential(call, self, alpha), call.scalar(scale, DataType.DOUBLE));
    }

    private static Value gelu(AtenCall call) {
        String approximate = call.has("approximate") ? call.text("approximate") : "none";
        if (!approximate.equals("none") && !approximate.equals("tanh")) {
            throw call.malformed("approximate is \"" + approximate + "\", expected \"none\" or \"tanh\"");
        }
        return ComputeTypes.inFloat32(call, "Gelu", Attributes.of("approximate", approximate), call.value("self"));
    }

    /** {@code x * sigmoid(x)}. */
    private static Value silu(AtenCall call) {
        Value self = call.value("self");
        DataType type = self.dataType();
        if (type == DataType.DOUBLE) {
            // ONNX Runtime fuses a product with a sigmoid into a kernel that it does not have in float64.
            Value divisor = call.add("Add", call.scalar(1, type), call.add("Exp", call.add("Neg", self)));
            return call.add("Div", self, divisor);
        }
        return ComputeTypes.computed(call, "Mul", type, self, ComputeTypes.computed(call, "Sigmoid", type, self));
    }

    private static Value mish(AtenCall call) {
        return ComputeTypes.inFloat32(call, "Mish", Attributes.NONE, call.value("self"));
    }

    /** {@code log(1 + exp(beta x)) / beta}, x itself where beta x is above the threshold. */
    private static Value softplus(AtenCall call) {
        double beta = call.real("beta");
        double threshold = call.real("threshold");
        Value self = call.value("self");
        DataType type = self.dataType();
        Value scaled = beta == 1 ? self : ComputeTypes.computed(call, "Mul", type, self, call.scalar(beta, type));
        Value soft = softplus(call, scaled);
        Value result = beta == 1 ? soft : ComputeTypes.computed(call, "Div", type, soft, call.scalar(beta, type));
        if (threshold >= 20) {
            return result;
        }
        return call.add("Where", call.add("Greater", scaled, call.scalar(threshold, type)), self, result);
    }

    /** {@code log(1 + exp(x))}. */
    public static Value softplus(AtenCall call, Value x) {
        if (x.dataType() != DataType.DOUBLE) {
            return ComputeTypes.inFloat32(call, "Softplus", Attributes.NONE, x);
        }
        Value tail = Powers.log1p(call, call.add("Exp", call.add("Neg", call.add("Abs", x))));
        return call.add("Add", call.add("Max", x, call.scalar(0, DataType.DOUBLE)), tail);
    }

    /** {@code -log(1 + exp(-x))}. */
    public static Value logSigmoid(AtenCall call, Value x) {
        DataType type = x.dataType();
        Value soft = softplus(call, ComputeTypes.computed(call, "Neg", type, x));
        return ComputeTypes.computed(call, "Neg", type, soft);
    }

    private static Value logSigmoid(AtenCall call) {
        return logSigmoid(call, call.value("self"));
    }

    /** {@code clip(x / 6 + 1 / 2, 0, 1)}. */
    private static Value hardsigmoid(AtenCall call) {
        Value self = call.value("self");
        if (self.dataType() != DataType.DOUBLE) {
            return ComputeTypes.inFloat32(
                    call, "HardSigmoid", Attributes.of("alpha", 1f / 6).with("beta", 0.5f), self);
        }
        Value raised = call.add("Add", self, call.scalar(3, DataType.DOUBLE));
        return call.add("Div", clipped(call, raised, 0, 6), call.scalar(6, DataType.DOUBLE));
    }

    /** {@code x * clip(x + 3, 0, 6) / 6}. */
    private static Value hardswish(AtenCall call) {
        Value self = call.value("self");
        if (self.dataType() != DataType.DOUBLE) {
            return ComputeTypes.inFloat32(call, "HardSwish", Attributes.NONE, self);
        }
        Value raised = clipped(call, call.add("Add", self, call.scalar(3, DataType.DOUBLE)), 0, 6);
        return call.add("Div", call.add("Mul", self, raised), call.scalar(6, DataType.DOUBLE));
    }

    /** 0 within {@code lambd} of 0, else x brought nearer to 0 by {@code bias}. */
    private static Value shrink(AtenCall call, double bias) {
        Attributes attributes =
                Attributes.of("lambd", (float) call.real("lambd")).with("bias", (float) bias);
        return ComputeTypes.inFloat32(call, "Shrink", attributes, call.value("self"));
    }

    /** x above the threshold, {@code value} elsewhere. */
    private static Value threshold(AtenCall call) {
        Value self = call.value("self");
        DataType type = self.dataType();
        DataType in = ComputeTypes.arithmetic(type);
        Value x = call.cast(self, in);
        Value above = call.add("Greater", x, call.value("threshold", in));
        return call.cast(call.add("Where", above, x, call.value("value", in)), type);
    }

    /** The first half of an axis times the sigmoid of the second. Source: aten/src/ATen/native/GatedLinearUnit.cpp. */
    private static Value glu(AtenCall call) {
        Value self = call.value("self");
        int axis = call.axis(self, call.integer("dim"));
        Attributes halves = Attributes.of("axis", axis).with("num_outputs", 2);
        var parts = call.add("Split", 2, halves, List.of(self));
        DataType type = self.dataType();
        Value gate = ComputeTypes.computed(call, "Sigmoid", type, parts.get(1));
        return ComputeTypes.computed(call, "Mul", type, parts.get(0), gate);
    }

    /** Outside of training a leaky ReLU with the mean slope. */
    private static Value rrelu(AtenCall call) {
        if (call.bool("training")) {
            throw call.unsupported("draws random slopes, as in training; call eval() before saving");
        }
        Value self = call.value("self");
        double slope = (call.real("lower") + call.real("upper")) / 2;
        return self.dataType() == DataType.DOUBLE
                ? weighted(call, self, call.scalar(slope, DataType.DOUBLE))
                : ComputeTypes.inFloat32(call, "LeakyRelu", Attributes.of("alpha", (float) slope), self);
    }

    private static Value addRelu(AtenCall call) {
        DataType type = call.promoted("self", "other");
        Value scaled = ComputeTypes.computed(call, "Mul", type, call.value("other", type), call.value("alpha", type));
        Value sum = ComputeTypes.computed(call, "Add", type, call.value("self", type), scaled);
        return ComputeTypes.computed(call, "Max", type, sum, call.scalar(0, type));
    }
}
