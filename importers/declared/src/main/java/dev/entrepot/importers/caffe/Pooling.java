package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Caffe's pooling over [N, C, H, W], which rounds its output size up. Source: caffe pooling_layer.cpp.
 *
 * <p>Where the sizes are known, the last windows get explicit end pads and no {@code ceil_mode}; average pooling is then corrected by a
 * constant factor, because Caffe divides by the window clipped to the padded area. No Pad stands before an AveragePool: ONNX Runtime
 * fuses it and computes something else.
 */
final class Pooling {

    private static final float LEAST = -Float.MAX_VALUE;

    /** What Caffe's mask holds for a window without a maximum. */
    private static final float NOWHERE = -1;

    private final LoweringContext layer;
    private final Value x;
    private final PoolingAxis height;
    private final PoolingAxis width;

    private Pooling(LoweringContext layer, Value x, PoolingAxis height, PoolingAxis width) {
        this.layer = layer;
        this.x = x;
        this.height = height;
        this.width = width;
    }

    /** [N, C, H, W] -> [N, C, H', W'], and for MAX the index of the maximum within H * W as a second top. */
    static List<Value> pooling(LoweringContext layer) {
        Parameters parameters = layer.parameters("pooling_param");
        String method = parameters.enumOr("pool", "MAX", "MAX", "AVE", "STOCHASTIC");
        Value x = layer.input(0);
        if (layer.rank(x) != 4) {
            throw layer.malformed("needs a bottom of 4 axes, got " + x.shape());
        }
        boolean global = parameters.boolOr("global_pooling", false);
        PoolingAxis height = PoolingAxis.of(layer, parameters, x, 'h');
        PoolingAxis width = PoolingAxis.of(layer, parameters, x, 'w');
        if (global && layer.topCount() == 1 && !method.equals("STOCHASTIC")) {
            return List.of(layer.add(method.equals("MAX") ? "GlobalMaxPool" : "GlobalAveragePool", x));
        }
        return new Pooling(layer, x, height, width).lower(method);
    }

    /** The average over windows of {@code size}, stride 1, padded to keep the bottom's size. Source: caffe lrn_layer.cpp, LayerSetUp. */
    static Value averageOfSquare(LoweringContext layer, Value squares, long size) {
        long pad = (size - 1) / 2;
        PoolingAxis height = new PoolingAxis(squares.shape().dim(2), size, 1, pad, true, pad > 0);
        PoolingAxis width = new PoolingAxis(squares.shape().dim(3), size, 1, pad, true, pad > 0);
        return new Pooling(layer, squares, height, width).average(squares);
    }

    /** Pooling by windows that the caller knows. */
    static Value over(LoweringContext layer, Value x, String method, PoolingAxis height, PoolingAxis width) {
        return new Pooling(layer, x, height, width).lower(method).get(0);
    }

    private List<Value> lower(String method) {
        return switch (method) {
            case "MAX" -> maximum();
            case "AVE" -> List.of(average(x));
            default -> List.of(stochastic());
        };
    }

    private List<Value> maximum() {
        boolean withMask = layer.topCount() > 1;
        List<Value> outputs = layer.graph().add("MaxPool", withMask ? 2 : 1, windows(), List.of(x));
        Value maxima = withEmptyWindows(outputs.get(0), LEAST);
        return withMask ? List.of(maxima, withEmptyWindows(mask(outputs.get(1)), NOWHERE)) : List.of(maxima);
    }

    /** ONNX counts indices through the whole tensor, Caffe within one plane and as floats. */
    private Value mask(Value indices) {
        long plane = Math.multiplyExact(layer.size(x, 2), layer.size(x, 3));
        Value inPlane = layer.add("Mod", indices, layer.graph().integer("plane", plane));
        return layer.add("Cast", Attributes.of("to", 1), inPlane);
    }

    /** With the last windows that lie wholly behind the bottom, which hold {@code value}; ONNX Runtime refuses to pool them. */
    private Value withEmptyWindows(Value pooled, float value) {
        if (!isStatic() || height.emptyWindows() + width.emptyWindows() == 0) {
            return pooled;
        }
        Value pads = layer.ints(0, 0, 0, 0, 0, 0, height.emptyWindows(), width.emptyWindows());
        return layer.add("Pad", pooled, pads, layer.scalar(value));
    }

    private Value average(Value values) {
        if (!isStatic()) {
            return layer.add("AveragePool", windows().with("count_include_pad", 1), values);
        }
        Attributes attributes = geometry()
                .with("pads", height.pad(), width.pad(), height.endPad(), width.endPad())
                .with("count_include_pad", 1);
        Value pooled = withEmptyWindows(layer.add("AveragePool", attributes, values), 0);
        float[] factors = factors();
        for (float factor : factors) {
            if (factor != 1) {
                Shape shape = Shape.of(1, 1, height.outputs(), width.outputs());
                return layer.add("Mul", pooled, layer.graph().constant("area", Tensor.of(shape, factors)));
            }
        }
        return pooled;
    }

    /** By what each output is to be multiplied: the full window's area over the area of the part that Caffe counts. */
    private float[] factors() {
        long full = height.kernel() * width.kernel();
        float[] factors = new float[Math.toIntExact(Math.multiplyExact(height.outputs(), width.outputs()))];
        int i = 0;
        for (long row = 0; row < height.outputs(); row++) {
            for (long column = 0; column < width.outputs(); column++) {
                factors[i++] = (float) full / (height.counted(row) * width.counted(column));
            }
        }
        return factors;
    }

    /** {@code sum(x^2) / sum(x)}, 0 where the sum is not positive; no pads. Source: caffe pooling_layer.cu, StoPoolForwardTest. */
    private Value stochastic() {
        if (height.pad() != 0 || width.pad() != 0) {
            throw layer.malformed("STOCHASTIC pooling takes no pad");
        }
        Value zero = layer.scalar(0);
        Value sum = average(x);
        Value squares = average(layer.add("Mul", x, x));
        Value positive = layer.add("Greater", sum, zero);
        Value divisor = layer.add("Where", positive, sum, layer.scalar(1));
        return layer.add("Where", positive, layer.add("Div", squares, divisor), zero);
    }

    private boolean isStatic() {
        return height.isStatic() && width.isStatic();
    }

    private Attributes geometry() {
        return Attributes.of("kernel_shape", height.kernel(), width.kernel())
                .with("strides", height.stride(), width.stride());
    }

    private Attributes windows() {
        if (isStatic()) {
            return geometry().with("pads", height.pad(), width.pad(), height.endPad(), width.endPad());
        }
        height.requireSameInOnnx(layer);
        width.requireSameInOnnx(layer);
        Attributes attributes = geometry().with("pads", height.pad(), width.pad(), height.pad(), width.pad());
        List<PoolingAxis> axes = new ArrayList<>(List.of(height, width));
        boolean roundsUp = axes.stream().anyMatch(axis -> axis.roundsUp() && axis.stride() > 1);
        return roundsUp ? attributes.with("ceil_mode", 1) : attributes;
    }
}
