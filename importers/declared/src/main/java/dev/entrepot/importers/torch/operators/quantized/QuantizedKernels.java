package dev.entrepot.importers.torch.operators.quantized;

import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.torch.aten.Support;
import java.util.Map;

/**
 * Operators whose kernels compute with the stored whole numbers of quantized tensors.
 *
 * <p>Source: aten/src/ATen/native/quantized/library.cpp.
 */
public final class QuantizedKernels {

    private static final String ROUNDS =
            "works on stored whole numbers and packed weights, which are not followed; export the model before it is converted"
                    + " to quantized kernels, with its quantize and dequantize operators";

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            refuse("quantized::add", ROUNDS),
            refuse("quantized::add_relu", ROUNDS),
            refuse("quantized::cat", ROUNDS),
            refuse("quantized::cat_relu", ROUNDS),
            refuse("quantized::conv1d", ROUNDS),
            refuse("quantized::conv1d_prepack", ROUNDS),
            refuse("quantized::conv1d_relu", ROUNDS),
            refuse("quantized::conv2d", ROUNDS),
            refuse("quantized::conv2d_prepack", ROUNDS),
            refuse("quantized::conv2d_relu", ROUNDS),
            refuse("quantized::conv3d", ROUNDS),
            refuse("quantized::conv3d_prepack", ROUNDS),
            refuse("quantized::conv3d_relu", ROUNDS),
            refuse("quantized::conv_transpose1d", ROUNDS),
            refuse("quantized::conv_transpose1d_prepack", ROUNDS),
            refuse("quantized::conv_transpose2d", ROUNDS),
            refuse("quantized::conv_transpose2d_prepack", ROUNDS),
            refuse("quantized::conv_transpose3d", ROUNDS),
            refuse("quantized::conv_transpose3d_prepack", ROUNDS),
            refuse("quantized::dropout", ROUNDS),
            refuse("quantized::group_norm", ROUNDS),
            refuse("quantized::hardswish", ROUNDS),
            refuse("quantized::layer_norm", ROUNDS),
            refuse("quantized::leaky_relu", ROUNDS),
            refuse("quantized::linear", ROUNDS),
            refuse("quantized::linear_dynamic", ROUNDS),
            refuse("quantized::linear_prepack", ROUNDS),
            refuse("quantized::linear_relu", ROUNDS),
            refuse("quantized::linear_relu_dynamic", ROUNDS),
            refuse("quantized::matmul", ROUNDS),
            refuse("quantized::max_pool1d", ROUNDS),
            refuse("quantized::max_pool2d", ROUNDS),
            refuse("quantized::mul", ROUNDS),
            refuse("quantized::mul_relu", ROUNDS),
            refuse("quantized::prelu", ROUNDS),
            refuse("quantized::relu6", ROUNDS),
            refuse("quantized::sigmoid", ROUNDS),
            refuse("quantized::softmax", ROUNDS));
    // spotless:on

    private QuantizedKernels() {}
}
