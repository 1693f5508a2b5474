package dev.entrepot.formats.torch.exported;

import dev.entrepot.formats.torch.TorchDtype;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of a tensor without its elements. Source: schema.py, TensorMeta.
 *
 * @param dtype the element type
 * @param sizes the shape
 * @param device where it was
 * @param layout how it was stored
 */
public record TensorMeta(TorchDtype dtype, List<SymValue> sizes, Device device, Layout layout) {

    public TensorMeta {
        sizes = List.copyOf(sizes);
    }

    /** {@code float32[s77, 3, 8, 8]}. */
    @Override
    public String toString() {
        return dtype.torchName() + sizes.stream().map(TensorMeta::word).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String word(SymValue size) {
        return size instanceof SymValue.Expr expr ? SymbolicText.of(expr) : ((SymValue.Int) size).value() + "";
    }
}
