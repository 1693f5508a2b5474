package dev.entrepot.importers.torch.operators.quantized;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Entries;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;

/**
 * Quantizing of tensors. PyTorch's quantized tensors know their scale; here such a tensor is what it stands for, in float32, behind a pair
 * of QuantizeLinear and DequantizeLinear, so that operators that only move elements need not know of it.
 *
 * <p>Source: aten/src/ATen/native/quantized/QTensor.cpp, FakeQuantPerTensorAffine.cpp, FakeQuantPerChannelAffine.cpp.
 */
public final class Quantization {

    private static final String HIDDEN =
            "asks a quantized tensor for its numbers or scale; in ONNX it is held as what it stands for";

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            one(
                    "aten::_fake_quantize_learnable_per_channel_affine",
                    call -> fakeQuantize(call, (int) call.integer("axis"))),
            one("aten::_fake_quantize_learnable_per_tensor_affine", call -> fakeQuantize(call, AffineScheme.NONE)),
            many(
                    "aten::_fake_quantize_per_tensor_affine_cachemask_tensor_qparams",
                    Quantization::fakeQuantizeIfEnabled),
            one("aten::_make_per_channel_quantized_tensor", call -> made(call, (int) call.integer("axis"))),
            one("aten::_make_per_tensor_quantized_tensor", call -> made(call, AffineScheme.NONE)),
            plain("aten::dequantize", Entries::same),
            one("aten::fake_quantize_per_channel_affine", call -> fakeQuantize(call, (int) call.integer("axis"))),
            many(
                    "aten::fake_quantize_per_channel_affine_cachemask",
                    call -> masked(call, fakeQuantize(call, (int) call.integer("axis")))),
            one("aten::fake_quantize_per_tensor_affine", call -> fakeQuantize(call, AffineScheme.NONE)),
            many(
                    "aten::fake_quantize_per_tensor_affine_cachemask",
                    call -> masked(call, fakeQuantize(call, AffineScheme.NONE))),
            one("aten::fused_moving_avg_obs_fake_quant", Quantization::observed),
            refuse("aten::int_repr", HIDDEN),
            refuse("aten::q_per_channel_axis", HIDDEN),
            refuse("aten::q_per_channel_scales", HIDDEN),
            refuse("aten::q_per_channel_zero_points", HIDDEN),
            refuse("aten::q_scale", HIDDEN),
            refuse("aten::q_zero_point", HIDDEN),
            one(
                    "aten::quantize_per_channel",
                    call -> quantized(call, "scales", "zero_points", (int) call.integer("axis"))),
            one("aten::quantize_per_tensor", call -> quantized(call, "scale", "zero_point", AffineScheme.NONE)),
            refuse("aten::quantize_per_tensor.tensors", "quantizes a list of tensors at once"),
            refuse(
                    "aten::quantize_per_tensor_dynamic",
                    "quantizes by the least and largest number of what it is given"));
    // spotless:on

    /** PyTorch's numbers of its quantized element types. Source: torch/headeronly/core/ScalarType.h. */
    private static final Map<Long, DataType> STORED =
            Map.of(12L, DataType.INT8, 13L, DataType.UINT8, 14L, DataType.INT32);

    private Quantization() {}

    /** A scheme from the arguments of these names. */
    static AffineScheme scheme(AtenCall call, String scale, String zeroPoint, int axis, long min, long max) {
        Value scales = call.value(scale, DataType.FLOAT);
        Value zeros = call.isNone(zeroPoint) ? call.scalar(0, DataType.INT32) : call.value(zeroPoint);
        if (axis == AffineScheme.NONE) {
            return new AffineScheme(call, single(call, scales), single(call, zeros), axis, min, max);
        }
        boolean each = axis >= 0 && call.isNone(zeroPoint);
        Value all = each ? call.add("Expand", zeros, call.vector(List.of(call.size(scales, 0)))) : zeros;
        return new AffineScheme(call, scales, all, axis, min, max);
    }

    /** A tensor of one element without axes. */
    private static Value single(AtenCall call, Value value) {
        return call.rank(value) == 0 ? value : call.add("Reshape", value, call.vector());
    }

    private static Value quantized(AtenCall call, String scale, String zeroPoint, int axis) {
        DataType store = STORED.get(call.integer("dtype"));
        if (store == null) {
            throw call.unsupported("quantizes to PyTorch's element type " + call.integer("dtype")
                    + ", expected qint8, quint8 or qint32");
        }
        AffineScheme scheme = switch (store) {
            case INT8 -> scheme(call, scale, zeroPoint, axis, -128, 127);
            case UINT8 -> scheme(call, scale, zeroPoint, axis, 0, 255);
            default -> scheme(call, scale, zeroPoint, axis, Integer.MIN_VALUE, Integer.MAX_VALUE);
        };
        Value self = call.value("self");
        return call.cast(scheme.dequantize(scheme.quantize(self, store)), DataType.FLOAT);
    }

    /** What whole numbers stand for. */
    private static Value made(AtenCall call, int axis) {
        return scheme(call, "scale", "zero_point", axis, 0, 0).dequantize(call.value("self"));
    }

    private static Value fakeQuantize(AtenCall call, int axis) {
        Value self = call.value("self");
        int from = axis < 0 ? axis : call.axis(self, axis);
        return scheme(call, "scale", "zero_point", from, call.integer("quant_min"), call.integer("quant_max"))
                .pretend(self);
    }

    /** With a mask that the backward pass would need. */
    private static List<Value> masked(AtenCall call, Value y) {
        Value mask = call.add("Expand", call.scalar(1, DataType.BOOL), call.vector(call.sizes(y)));
        return List.of(y, call.sized(mask, call.sizes(y)));
    }

    private static List<Value> fakeQuantizeIfEnabled(AtenCall call) {
        return masked(call, switched(call, "fake_quant_enabled", fakeQuantize(call, AffineScheme.NONE)));
    }

    /** Where a switch is off, the input as it is. */
    private static Value switched(AtenCall call, String name, Value y) {
        Value self = call.value("self");
        return call.knownReal(name)
                .map(number -> number != 0 ? y : self)
                .orElseGet(() -> call.sized(
                        call.add("Where", single(call, call.value(name, DataType.BOOL)), y, self), call.sizes(self)));
    }

    /** Source: aten/src/ATen/native/quantized/FusedObsFakeQuant.cpp. */
    private static Value observed(AtenCall call) {
        double observing = call.knownReal("observer_on").orElse(1.0);
        if (observing != 0) {
            throw call.unsupported("observes its input, as in training; disable the observers before saving");
        }
        int axis = call.bool("per_row_fake_quant") ? (int) call.integer("ch_axis") : AffineScheme.NONE;
        return switched(call, "fake_quant_on", fakeQuantize(call, axis));
    }

    /** An integer argument or a scalar tensor that must be known. */
    static long bound(AtenCall call, String name) {
        IValue bound = call.get(name);
        return call.graph()
                .knownNumber(bound)
                .map(Double::longValue)
                .orElseThrow(() -> call.unsupported("argument " + name + " depends on data, it must be known"));
    }
}
