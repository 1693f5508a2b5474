package dev.entrepot.importers.torch.operators;

import static dev.entrepot.importers.torch.operators.Entries.plain;
import static dev.entrepot.importers.torch.operators.Entries.refuse;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;

/**
 * Operators of quantized tensors: what their plain forms compute of what the tensors stand for, quantized to quint8 as PyTorch's kernels
 * give it. A front end makes packed weights by calling the operator that packs them.
 *
 * <p>Source: aten/src/ATen/native/quantized/library.cpp.
 */
final class QuantizedKernels {

    private static final String SHIFTED = "keeps a scale of its own, which is not followed here";

    // spotless:off
    static final Map<String, Support> TABLE = Map.ofEntries(
            plain("quantized::add", call -> requantized(call, binary(call, "aten::add"))),
            refuse("quantized::add.Scalar", SHIFTED),
            refuse("quantized::add.Scalar2", SHIFTED),
            plain("quantized::add_relu", call -> requantized(call, relu(call, binary(call, "aten::add")))),
            refuse("quantized::add_relu.Scalar", SHIFTED),
            refuse("quantized::add_relu.Scalar2", SHIFTED),
            plain("quantized::cat", call -> requantized(call, joined(call))),
            plain("quantized::cat_relu", call -> requantized(call, relu(call, joined(call)))),
            plain("quantized::conv1d", call -> requantized(call, convolution(call, 1))),
            plain("quantized::conv1d_prepack", call -> packed(call, "weight", "bias")),
            plain("quantized::conv1d_relu", call -> requantized(call, relu(call, convolution(call, 1)))),
            plain("quantized::conv2d", call -> requantized(call, convolution(call, 2))),
            plain("quantized::conv2d_prepack", call -> packed(call, "weight", "bias")),
            plain("quantized::conv2d_relu", call -> requantized(call, relu(call, convolution(call, 2)))),
            plain("quantized::conv3d", call -> requantized(call, convolution(call, 3))),
            plain("quantized::conv3d_prepack", call -> packed(call, "weight", "bias")),
            plain("quantized::conv3d_relu", call -> requantized(call, relu(call, convolution(call, 3)))),
            plain("quantized::conv_transpose1d", call -> requantized(call, transposed(call, 1))),
            plain("quantized::conv_transpose1d_prepack", call -> packed(call, "weight", "bias")),
            plain("quantized::conv_transpose2d", call -> requantized(call, transposed(call, 2))),
            plain("quantized::conv_transpose2d_prepack", call -> packed(call, "weight", "bias")),
            plain("quantized::conv_transpose3d", call -> requantized(call, transposed(call, 3))),
            plain("quantized::conv_transpose3d_prepack", call -> packed(call, "weight", "bias")),
            plain("quantized::dropout", Entries::same),
            plain(
                    "quantized::group_norm",
                    call -> requantized(
                            call, plainly(call, "aten::group_norm", "input", "num_groups", "weight", "bias", "eps"))),
            plain("quantized::hardswish", call -> requantized(call, plainly(call, "aten::hardswish", "input"))),
            plain(
                    "quantized::layer_norm",
                    call -> requantized(
                            call,
                            plainly(call, "aten::layer_norm", "input", "normalized_shape", "weight", "bias", "eps"))),
            plain(
                    "quantized::leaky_relu",
                    call -> requantized(call, plainly(call, "aten::leaky_relu", "qx", "negative_slope"))),
            plain("quantized::linear", call -> requantized(call, linear(call))),
            plain("quantized::linear_dynamic", call -> linear(call, dynamic(call))),
            plain("quantized::linear_prepack", call -> packed(call, "W", "B")),
            plain("quantized::linear_relu", call -> requantized(call, relu(call, linear(call)))),
            plain("quantized::linear_relu_dynamic", call -> relu(call, linear(call, dynamic(call)))),
            plain("quantized::matmul", call -> requantized(call, binary(call, "aten::matmul"))),
            plain(
                    "quantized::max_pool1d",
                    call -> plainly(
                            call,
                            "aten::max_pool1d",
                            "qx",
                            "kernel_size",
                            "stride",
                            "padding",
                            "dilation",
                            "ceil_mode")),
            plain(
                    "quantized::max_pool2d",
                    call -> plainly(
                            call,
                            "aten::max_pool2d",
                            "qx",
                            "kernel_size",
                            "stride",
                            "padding",
                            "dilation",
                            "ceil_mode")),
            plain("quantized::mul", call -> requantized(call, binary(call, "aten::mul"))),
            refuse("quantized::mul.Scalar", SHIFTED),
            refuse("quantized::mul.Scalar2", SHIFTED),
            plain("quantized::mul_relu", call -> requantized(call, relu(call, binary(call, "aten::mul")))),
            refuse("quantized::mul_relu.Scalar", SHIFTED),
            refuse("quantized::mul_relu.Scalar2", SHIFTED),
            plain("quantized::prelu", call -> requantized(call, plainly(call, "aten::prelu", "qx", "weight"))),
            plain("quantized::relu6", call -> plainly(call, "aten::relu6", "qx")),
            plain("quantized::sigmoid", call -> requantized(call, plainly(call, "aten::sigmoid", "qx"))),
            plain("quantized::softmax", call -> requantized(call, plainly(call, "aten::softmax", "qx", "dim"))));
    // spotless:on

    private QuantizedKernels() {}

    /** Quantized by the scale that the call gives, and what that stands for; as it is where it gives none. */
    private static IValue requantized(AtenCall call, IValue result) {
        if (!(result instanceof TensorRef tensor)) {
            return result;
        }
        String scale = first(call, "scale", "output_scale", "Y_scale_i");
        if (call.isNone(scale)) {
            return result;
        }
        String zeroPoint = first(call, "zero_point", "output_zero_point", "Y_zero_point_i");
        AffineScheme scheme = Quantization.scheme(call, scale, zeroPoint, AffineScheme.NONE, 0, 255);
        return call.tensor(scheme.pretend(tensor.value()));
    }

    private static String first(AtenCall call, String... names) {
        for (String name : names) {
            if (call.has(name)) {
                return name;
            }
        }
        throw call.malformed("has no argument of the names " + List.of(names));
    }

    private static IValue plainly(AtenCall call, String op, String... arguments) {
        return call.graph().call(op, List.of(arguments).stream().map(call::get).toArray(IValue[]::new));
    }

    private static IValue binary(AtenCall call, String op) {
        return plainly(call, op, "qa", "qb");
    }

    private static IValue relu(AtenCall call, IValue x) {
        return call.graph().call("aten::relu", x);
    }

    private static IValue joined(AtenCall call) {
        return plainly(call, "aten::cat", "qx", "dim");
    }

    // --- packed weights

    private static IValue packed(AtenCall call, String weight, String bias) {
        return new PackedWeights(call.get(weight), call.get(bias), call);
    }

    private static PackedWeights weights(AtenCall call) {
        IValue packed = call.get(first(call, "packed_weight", "weight", "W_prepack"));
        if (packed instanceof PackedWeights weights) {
            return weights;
        }
        throw call.unsupported("takes packed weights that the file holds as a " + packed.sort());
    }

    private static IValue convolution(AtenCall call, int spatial) {
        PackedWeights weights = weights(call);
        AtenCall packing = weights.prepacking();
        return call.graph()
                .call(
                        "aten::conv" + spatial + "d",
                        call.get("qx"),
                        weights.weight(),
                        weights.bias(),
                        packing.get("stride"),
                        packing.get("padding"),
                        packing.get("dilation"),
                        packing.get("groups"));
    }

    private static IValue transposed(AtenCall call, int spatial) {
        PackedWeights weights = weights(call);
        AtenCall packing = weights.prepacking();
        return call.graph()
                .call(
                        "aten::conv_transpose" + spatial + "d",
                        call.get("qx"),
                        weights.weight(),
                        weights.bias(),
                        packing.get("stride"),
                        packing.get("padding"),
                        packing.get("output_padding"),
                        packing.get("groups"),
                        packing.get("dilation"));
    }

    private static IValue linear(AtenCall call) {
        return linear(call, call.get("X"));
    }

    private static IValue linear(AtenCall call, IValue x) {
        PackedWeights weights = weights(call);
        return call.graph().call("aten::linear", x, weights.weight(), weights.bias());
    }

    /** The input, quantized by its own least and largest number. Source: aten/src/ATen/native/quantized/cpu/QuantUtils.h. */
    private static TensorRef dynamic(AtenCall call) {
        Value x = call.value("X", DataType.FLOAT);
        long levels = call.bool("reduce_range") ? 127 : 255;
        Value zero = call.scalar(0, DataType.FLOAT);
        Value least = call.add("Min", call.add("Reshape", call.add("ReduceMin", x), call.vector()), zero);
        Value most = call.add("Max", call.add("Reshape", call.add("ReduceMax", x), call.vector()), zero);
        Value range = call.add("Div", call.add("Sub", most, least), call.scalar(levels, DataType.FLOAT));
        Value none = call.add("Equal", range, zero);
        Value scale = call.add("Where", none, call.scalar(0.1, DataType.FLOAT), range);
        Value zeroPoint = call.add("Round", call.add("Neg", call.add("Div", least, scale)));
        Value clipped = call.add("Clip", zeroPoint, zero, call.scalar(levels, DataType.FLOAT));
        return call.tensor(new AffineScheme(call, scale, clipped, AffineScheme.NONE, 0, levels).pretend(x));
    }
}
