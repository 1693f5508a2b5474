package dev.entrepot.importers.torch.operators;

import static dev.entrepot.importers.torch.operators.Entries.many;
import static dev.entrepot.importers.torch.operators.Entries.one;
import static dev.entrepot.importers.torch.operators.Entries.refuse;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Quantisation that is written out as operators on plain tensors, as QDQ pairs or as rounded floats.
 *
 * <p>Source: torch/ao/quantization/fx/_decomposed.py; aten/src/ATen/native/quantized/FakeQuantPerTensorAffine.cpp.
 */
final class Quantizations {

    private static final String PACKED =
            "its weights are packed for one processor; export the model with quantize and dequantize operators instead";

    // spotless:off
    static final Map<String, Support> TABLE = Map.ofEntries(
            one("aten::fake_quantize_per_channel_affine", call -> faked(call, quantized(call))),
            many("aten::fake_quantize_per_channel_affine_cachemask", Quantizations::fakedWithMask),
            one("aten::fake_quantize_per_tensor_affine", call -> faked(call, quantized(call))),
            many("aten::fake_quantize_per_tensor_affine_cachemask", Quantizations::fakedWithMask),
            refuse("quantized::add", PACKED),
            refuse("quantized::add_relu", PACKED),
            refuse("quantized::batch_norm2d", PACKED),
            refuse("quantized::cat", PACKED),
            refuse("quantized::conv1d", PACKED),
            refuse("quantized::conv1d_relu", PACKED),
            refuse("quantized::conv2d", PACKED),
            refuse("quantized::conv2d_relu", PACKED),
            refuse("quantized::conv3d", PACKED),
            refuse("quantized::conv3d_relu", PACKED),
            refuse("quantized::hardswish", PACKED),
            refuse("quantized::layer_norm", PACKED),
            refuse("quantized::leaky_relu", PACKED),
            refuse("quantized::linear", PACKED),
            refuse("quantized::linear_dynamic", PACKED),
            refuse("quantized::linear_relu", PACKED),
            refuse("quantized::mul", PACKED),
            refuse("quantized::sigmoid", PACKED),
            one("quantized_decomposed::dequantize_per_channel", Quantizations::dequantize),
            one("quantized_decomposed::dequantize_per_tensor", Quantizations::dequantize),
            one("quantized_decomposed::fake_quant_per_channel", call -> faked(call, quantized(call))),
            one("quantized_decomposed::quantize_per_channel", Quantizations::quantize),
            one("quantized_decomposed::quantize_per_tensor", Quantizations::quantize));
    // spotless:on

    private Quantizations() {}

    /** The names of a call's scale and zero point, and the axis along which they differ, -1 if they do not. */
    private record Parameters(String scale, String zeroPoint, int axis) {
        static Parameters of(AtenCall call, Value input) {
            return new Parameters(
                    call.has("scale") ? "scale" : "scales",
                    call.has("zero_point") ? "zero_point" : "zero_points",
                    call.has("axis") ? call.axis(input, call.integer("axis")) : -1);
        }
    }

    private static Value input(AtenCall call) {
        return call.value(call.has("input") ? "input" : "self");
    }

    /** A scale or zero point in this type, with further axes so that it broadcasts to the input. */
    private static Value parameter(AtenCall call, String name, DataType type, Value input, int axis) {
        if (call.isNone(name)) {
            return call.scalar(0, type);
        }
        Value value = call.value(name, type);
        if (axis < 0) {
            return call.rank(value) == 0 ? value : call.reshape(value, new long[0]);
        }
        int behind = call.rank(input) - axis - 1;
        return behind == 0
                ? value
                : call.unsqueeze(value, LongStream.rangeClosed(1, behind).toArray());
    }

    /** {@code round(x / scale) + zero_point} as a float, not yet brought between the bounds. */
    private static Value quantized(AtenCall call) {
        Value input = input(call);
        Parameters parameters = Parameters.of(call, input);
        DataType type = DataType.FLOAT;
        Value scale = parameter(call, parameters.scale, type, input, parameters.axis);
        Value zero = parameter(call, parameters.zeroPoint, type, input, parameters.axis);
        Value scaled = call.add("Mul", call.cast(input, type), call.add("Reciprocal", scale));
        return call.add("Add", call.add("Round", scaled), zero);
    }

    private static Value bounded(AtenCall call, Value value) {
        return call.add(
                "Clip", value, call.value("quant_min", DataType.FLOAT), call.value("quant_max", DataType.FLOAT));
    }

    private static Value faked(AtenCall call, Value quantized) {
        Value input = input(call);
        Parameters parameters = Parameters.of(call, input);
        Value scale = parameter(call, parameters.scale, DataType.FLOAT, input, parameters.axis);
        Value zero = parameter(call, parameters.zeroPoint, DataType.FLOAT, input, parameters.axis);
        Value distance = call.add("Sub", bounded(call, quantized), zero);
        return call.cast(call.add("Mul", distance, scale), input.dataType());
    }

    private static List<Value> fakedWithMask(AtenCall call) {
        Value quantized = quantized(call);
        return List.of(faked(call, quantized), call.add("Equal", quantized, bounded(call, quantized)));
    }

    private static Value quantize(AtenCall call) {
        Value input = input(call);
        DataType type = call.dtype("dtype").orElse(DataType.INT8);
        Parameters parameters = Parameters.of(call, input);
        if (!isWholeRange(call, type) || input.dataType() != DataType.FLOAT) {
            return call.cast(bounded(call, quantized(call)), type);
        }
        return call.add(
                "QuantizeLinear",
                along(parameters),
                input,
                plain(call, parameters.scale, DataType.FLOAT),
                zero(call, parameters, type));
    }

    private static Value dequantize(AtenCall call) {
        Value input = input(call);
        DataType type = input.dataType();
        DataType result = call.dtype("out_dtype").orElse(DataType.FLOAT);
        Parameters parameters = Parameters.of(call, input);
        if (type == DataType.INT8 || type == DataType.UINT8) {
            Value scale = plain(call, parameters.scale, DataType.FLOAT);
            return call.cast(
                    call.add("DequantizeLinear", along(parameters), input, scale, zero(call, parameters, type)),
                    result);
        }
        Value scale = parameter(call, parameters.scale, DataType.FLOAT, input, parameters.axis);
        Value zero = parameter(call, parameters.zeroPoint, DataType.FLOAT, input, parameters.axis);
        return call.cast(call.add("Mul", call.add("Sub", call.cast(input, DataType.FLOAT), zero), scale), result);
    }

    private static Attributes along(Parameters parameters) {
        return parameters.axis < 0 ? Attributes.NONE : Attributes.of("axis", parameters.axis);
    }

    private static Value zero(AtenCall call, Parameters parameters, DataType type) {
        if (!call.isNone(parameters.zeroPoint)) {
            return plain(call, parameters.zeroPoint, type);
        }
        Value scale = call.value(parameters.scale, DataType.FLOAT);
        return call.cast(call.add("Sub", scale, scale), type);
    }

    private static Value plain(AtenCall call, String name, DataType type) {
        Value value = call.value(name, type);
        boolean one = call.rank(value) == 1 && !call.has("axis");
        return one ? call.reshape(value, new long[0]) : value;
    }

    private static boolean isWholeRange(AtenCall call, DataType type) {
        double least = call.knownReal("quant_min").orElse(Double.NaN);
        double most = call.knownReal("quant_max").orElse(Double.NaN);
        return type == DataType.INT8 && least == -128 && most == 127
                || type == DataType.UINT8 && least == 0 && most == 255;
    }
}
