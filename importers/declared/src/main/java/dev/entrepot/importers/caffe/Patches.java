package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Layers that cut a plane into windows. */
final class Patches {

    private Patches() {}

    /**
     * [N, C, ...] -> [N, C * taps, ...]: every window's elements side by side, by a convolution whose filters pick one element each.
     * Source: caffe im2col_layer.cpp and im2col.cpp.
     */
    static Value im2col(LoweringContext layer) {
        Value x = layer.input(0);
        Window window = Window.of(layer, x);
        if (window.kernel().length == 0) {
            throw layer.malformed("needs a bottom with axes behind axis " + window.axis() + ", got " + x.shape());
        }
        long channels = layer.size(x, window.axis());
        int taps = Math.toIntExact(Axes.product(window.kernel(), 0, window.kernel().length));
        int filters = Math.toIntExact(Math.multiplyExact(channels, taps));
        float[] picks = new float[Math.multiplyExact(filters, taps)];
        for (int filter = 0; filter < filters; filter++) {
            picks[filter * taps + filter % taps] = 1;
        }
        Tensor weight = Tensor.of(Shape.of(Axes.concat(new long[] {filters, 1}, window.kernel())), picks);
        Value[] inputs = {x, layer.graph().constant("picks", weight)};
        return window.batched(layer, "Conv", window.attributes(channels), inputs);
    }

    /**
     * [N, C, H, W] -> [N, C * (1 + 4 + 16 ...)]: pooling into 1, 2 * 2, 4 * 4 ... bins. A pyramid of height 1 keeps its four axes. Source:
     * caffe spp_layer.cpp, GetPoolingParam and LayerSetUp.
     */
    static Value spatialPyramid(LoweringContext layer) {
        Parameters parameters = layer.parameters("spp_param");
        Value x = layer.input(0);
        long levels = parameters.longOr("pyramid_height", 0);
        String method = parameters.enumOr("pool", "MAX", "MAX", "AVE", "STOCHASTIC");
        if (levels < 1 || levels > Integer.SIZE || layer.rank(x) != 4) {
            throw layer.malformed("needs a bottom of 4 axes and spp_param.pyramid_height above 0, got " + x.shape()
                    + " and " + levels);
        }
        List<Value> pooled = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            long bins = 1L << level;
            PoolingAxis height = PoolingAxis.ofBins(layer, layer.size(x, 2), bins, layer.size(x, 3));
            PoolingAxis width = PoolingAxis.ofBins(layer, layer.size(x, 3), bins, layer.size(x, 2));
            pooled.add(Pooling.over(layer, x, method, height, width));
        }
        return levels == 1 ? pooled.get(0) : joined(layer, pooled);
    }

    private static Value joined(LoweringContext layer, List<Value> pooled) {
        Value[] flat = pooled.stream()
                .map(level -> layer.add("Flatten", Attributes.of("axis", 1), level))
                .toArray(Value[]::new);
        return layer.add("Concat", Attributes.of("axis", 1), flat);
    }
}
