package dev.entrepot.importers.torch.operators.quantized;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;

/**
 * The quantization of exported programs: plain tensors of whole numbers, with scale and zero point as arguments. Source:
 * torch/ao/quantization/fx/_decomposed.py.
 */
public final class DecomposedQuantization {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            many(
                    "quantized_decomposed::_choose_qparams_per_token_asymmetric_impl",
                    DecomposedQuantization::chooseByRowAsymmetric),
            many("quantized_decomposed::choose_qparams", DecomposedQuantization::choose),
            many("quantized_decomposed::choose_qparams_per_token", DecomposedQuantization::chooseByRow),
            many(
                    "quantized_decomposed::choose_qparams_per_token_asymmetric",
                    DecomposedQuantization::chooseByRowAsymmetric),
            refuse(
                    "quantized_decomposed::choose_qparams_symmetric",
                    "chooses a symmetric scale from data, which has no form here yet"),
            one(
                    "quantized_decomposed::convert_element_type",
                    call -> call.value("input", call.dtype("dtype").orElseThrow())),
            one(
                    "quantized_decomposed::dequantize_per_channel",
                    call -> dequantize(call, "scales", "zero_points", axis(call))),
            one("quantized_decomposed::dequantize_per_channel_group", DecomposedQuantization::dequantizeGroups),
            one(
                    "quantized_decomposed::dequantize_per_tensor",
                    call -> dequantize(call, "scale", "zero_point", AffineScheme.NONE)),
            one(
                    "quantized_decomposed::dequantize_per_token",
                    call -> dequantize(call, "scales", "zero_points", AffineScheme.BROADCAST)),
            one("quantized_decomposed::fake_quant_per_channel", DecomposedQuantization::fakeQuantize),
            one(
                    "quantized_decomposed::quantize_per_channel",
                    call -> quantize(call, "scales", "zero_points", axis(call))),
            one("quantized_decomposed::quantize_per_channel_group", DecomposedQuantization::quantizeGroups),
            one(
                    "quantized_decomposed::quantize_per_tensor",
                    call -> quantize(call, "scale", "zero_point", AffineScheme.NONE)),
            one(
                    "quantized_decomposed::quantize_per_token",
                    call -> quantize(call, "scales", "zero_points", AffineScheme.BROADCAST)));
    // spotless:on

    private DecomposedQuantization() {}

    private static int axis(AtenCall call) {
        return call.axis(call.value("input"), call.integer("axis"));
    }

    private static AffineScheme scheme(AtenCall call, String scale, String zeroPoint, int axis) {
        return Quantization.scheme(
                call,
                scale,
                zeroPoint,
                axis,
                Quantization.bound(call, "quant_min"),
                Quantization.bound(call, "quant_max"));
    }

    private static Value quantize(AtenCall call, String scale, String zeroPoint, int axis) {
        return scheme(call, scale, zeroPoint, axis)
                .quantize(call.value("input"), call.dtype("dtype").orElseThrow());
    }

    private static Value dequantize(AtenCall call, String scale, String zeroPoint, int axis) {
        Value y = scheme(call, scale, zeroPoint, axis).dequantize(call.value("input"));
        String wanted = call.has("output_dtype") ? "output_dtype" : "out_dtype";
        return call.cast(y, call.dtype(wanted).orElse(DataType.FLOAT));
    }

    private static Value fakeQuantize(AtenCall call) {
        return scheme(call, "scales", "zero_points", axis(call)).pretend(call.value("input"));
    }

    // --- groups within a row

    private static Value quantizeGroups(AtenCall call) {
        Value input = call.value("input");
        Value q = groupScheme(call)
                .quantize(grouped(call, input), call.dtype("dtype").orElseThrow());
        return call.reshape(call.sized(q, call.sizes(grouped(call, input))), call.sizes(input));
    }

    private static Value dequantizeGroups(AtenCall call) {
        Value input = call.value("input");
        Value grouped = grouped(call, input);
        Value y = call.sized(groupScheme(call).dequantize(grouped), call.sizes(grouped));
        return call.cast(
                call.reshape(y, call.sizes(input)), call.dtype("output_dtype").orElse(DataType.FLOAT));
    }

    private static AffineScheme groupScheme(AtenCall call) {
        AffineScheme scheme = scheme(call, "scales", "zero_points", AffineScheme.BROADCAST);
        Value scale = column(call, scheme.scale());
        Value zero = call.isNone("zero_points") ? scheme.zeroPoint() : column(call, scheme.zeroPoint());
        return new AffineScheme(call, scale, zero, AffineScheme.BROADCAST, scheme.min(), scheme.max());
    }

    private static Value column(AtenCall call, Value value) {
        return call.reshape(value, List.of(SizeExpr.product(call.sizes(value)), SizeExpr.ONE));
    }

    private static Value grouped(AtenCall call, Value input) {
        SizeExpr group = SizeExpr.of(call.integer("group_size"));
        SizeExpr rows = SizeExpr.product(call.sizes(input)).floorDividedBy(group);
        return call.reshape(input, List.of(rows, group));
    }

    // --- scales from data

    /** One scale and zero point for all, as float64 and int64 of one element. */
    private static List<Value> choose(AtenCall call) {
        Value input = call.value("input", DataType.FLOAT);
        Value zero = number(call, 0);
        Value least = call.add("Min", reshaped(call, call.add("ReduceMin", input)), zero);
        Value most = call.add("Max", reshaped(call, call.add("ReduceMax", input)), zero);
        long min = call.integer("quant_min");
        long max = call.integer("quant_max");
        Value range = call.add("Div", call.add("Sub", most, least), number(call, max - min));
        Value scale = call.add("Max", range, call.value("eps", DataType.FLOAT));
        Value zeroPoint = call.add("Sub", number(call, min), call.add("Round", call.add("Div", least, scale)));
        Value clipped = call.add("Clip", zeroPoint, number(call, min), number(call, max));
        return List.of(call.cast(scale, DataType.DOUBLE), call.cast(clipped, DataType.INT64));
    }

    private static Value reshaped(AtenCall call, Value value) {
        return call.add("Reshape", value, call.vector(1));
    }

    private static Value number(AtenCall call, double number) {
        return call.scalar(number, DataType.FLOAT);
    }

    private static List<Value> chooseByRow(AtenCall call) {
        Value input = call.value("input", DataType.FLOAT);
        Value most = call.add("ReduceMax", call.add("Abs", input), call.vector(-1));
        Value scales = call.add("Div", call.add("Max", most, number(call, 1e-5)), number(call, 127));
        return List.of(scales, call.add("Mul", scales, number(call, 0)));
    }

    private static List<Value> chooseByRowAsymmetric(AtenCall call) {
        Value input = call.value("input", DataType.FLOAT);
        Value least = call.add("Min", call.add("ReduceMin", input, call.vector(-1)), number(call, 0));
        Value most = call.add("Max", call.add("ReduceMax", input, call.vector(-1)), number(call, 0));
        Value range = call.add("Div", call.add("Sub", most, least), number(call, 255));
        Value scale = call.add("Max", range, number(call, Math.ulp(1.0F)));
        Value low = call.add("Div", least, scale);
        Value high = call.add("Div", most, scale);
        Value errors =
                call.add("Add", call.add("Add", low, number(call, -128)), call.add("Add", high, number(call, 127)));
        Value zero = call.add(
                "Where",
                call.add("Greater", errors, number(call, 0)),
                call.add("Sub", number(call, -128), low),
                call.add("Sub", number(call, 127), high));
        Value clipped = call.add("Round", call.add("Clip", zero, number(call, -128), number(call, 127)));
        return List.of(call.cast(scale, DataType.DOUBLE), call.cast(clipped, DataType.INT64));
    }
}
