package dev.entrepot.formats.torch;

import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A tensor of a PyTorch file.
 *
 * @param tensor the elements in row-major order, as they are stored: quantized ones are whole numbers
 * @param dtype PyTorch's element type
 * @param quantization what the whole numbers of a quantized tensor stand for
 * @param parameter whether it is a parameter
 * @param requiresGrad whether gradients are kept for it
 * @param view the part of a storage that it shows; tensors with equal views are one and the same
 */
public record TorchTensor(
        Tensor tensor,
        TorchDtype dtype,
        Optional<Quantization> quantization,
        boolean parameter,
        boolean requiresGrad,
        Optional<View> view) {

    /**
     * A part of a storage.
     *
     * @param storage the storage's key in the file
     * @param offset the first element
     * @param sizes the shape
     * @param strides the elements between neighbours along each axis
     */
    public record View(String storage, long offset, List<Long> sizes, List<Long> strides) {
        public View {
            sizes = List.copyOf(sizes);
            strides = List.copyOf(strides);
        }
    }

    /** What stored whole numbers stand for: {@code scale * (stored - zeroPoint)}. */
    public sealed interface Quantization {}

    /** One scale and zero point for all elements. */
    public record PerTensor(double scale, long zeroPoint) implements Quantization {}

    /**
     * A scale and a zero point for each index along an axis.
     *
     * @param scales one number for each index
     * @param zeroPoints one number for each index
     * @param axis the axis
     * @param floatZeroPoints whether the zero points are float32 and subtracted after scaling (per_channel_affine_float_qparams)
     */
    public record PerChannel(Tensor scales, Tensor zeroPoints, int axis, boolean floatZeroPoints)
            implements Quantization {}

    /** A tensor that no storage is known of. */
    static TorchTensor plain(Tensor tensor) {
        return new TorchTensor(tensor, TorchDtype.of(tensor.type()), Optional.empty(), false, false, Optional.empty());
    }

    /** The same tensor as a parameter. */
    TorchTensor asParameter(boolean gradients) {
        return new TorchTensor(tensor, dtype, quantization, true, gradients, view);
    }

    TorchTensor withQuantization(Quantization known) {
        return new TorchTensor(tensor, dtype, Optional.of(known), parameter, requiresGrad, view);
    }

    TorchTensor withGradients(boolean gradients) {
        return new TorchTensor(tensor, dtype, quantization, parameter, gradients, view);
    }

    /** {@code float32[64, 3, 7, 7]}. */
    @Override
    public String toString() {
        return dtype.torchName() + tensor.shape();
    }
}
