package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;

/**
 * Layers that put each element of [N, C, H, W] back to where pooling took it from; a second bottom of the same shape holds the places,
 * counted through one plane of the top. All else is 0. Where two elements go to one place, the later one stays, as in Caffe.
 */
final class Unpooling {

    private Unpooling() {}

    /** The size is given, or a multiple of the bottom's, maybe less one. Source: alexgkendall/caffe-segnet upsample_layer.cpp. */
    static Value upsample(LoweringContext layer) {
        Parameters parameters = layer.parameters("upsample_param");
        if (parameters.has("upsample_h") && parameters.has("upsample_w")) {
            return scattered(layer, parameters.longOr("upsample_h", 0), parameters.longOr("upsample_w", 0));
        }
        long both = parameters.longOr("scale", 2);
        long height = layer.size(layer.input(0), 2) * parameters.longOr("scale_h", both);
        long width = layer.size(layer.input(0), 3) * parameters.longOr("scale_w", both);
        return scattered(
                layer,
                height - (parameters.boolOr("pad_out_h", false) ? 1 : 0),
                width - (parameters.boolOr("pad_out_w", false) ? 1 : 0));
    }

    /** The size is given, or that from which the named pooling leads here. Source: inisis/caffe maxunpool_layer.cpp. */
    static Value maxUnpool(LoweringContext layer) {
        Parameters parameters = layer.parameters("max_unpool_param");
        return parameters.has("dst_h") && parameters.has("dst_w")
                ? scattered(layer, parameters.longOr("dst_h", 0), parameters.longOr("dst_w", 0))
                : unpooling(layer);
    }

    /**
     * The size is the third bottom's, or that from which the named pooling leads here. Source: unpooling_layer.cpp of SfSNet's and
     * DeconvNet's Caffe.
     */
    static Value unpooling(LoweringContext layer) {
        Parameters parameters = layer.parameters("pooling_param");
        String method = parameters.enumOr("pool", "MAX", "MAX", "AVE", "STOCHASTIC");
        if (!method.equals("MAX")) {
            throw layer.unsupported("undoes " + method + " pooling, which no published source does; MAX is");
        }
        List.of("kernel_size", "kernel_h", "kernel_w", "stride", "stride_h", "stride_w", "pad", "pad_h", "pad_w")
                .forEach(parameters::has);
        if (layer.inputs().size() > 2) {
            return scattered(layer, layer.size(layer.input(2), 2), layer.size(layer.input(2), 3));
        }
        return scattered(layer, unpooled(layer, parameters, 'h'), unpooled(layer, parameters, 'w'));
    }

    /** @param letter {@code h} or {@code w} */
    private static long unpooled(LoweringContext layer, Parameters parameters, char letter) {
        long size = layer.size(layer.input(0), letter == 'h' ? 2 : 3);
        long kernel = parameters.longOr("kernel_" + letter, parameters.longOr("kernel_size", 0));
        long stride = parameters.longOr("stride_" + letter, parameters.longOr("stride", 1));
        long pad = parameters.longOr("pad_" + letter, parameters.longOr("pad", 0));
        if (kernel <= 0 || stride <= 0) {
            throw layer.malformed("needs a size, or pooling_param with the kernel size and stride to undo");
        }
        return (size - 1) * stride + kernel - 2 * pad;
    }

    private static Value scattered(LoweringContext layer, long height, long width) {
        Value x = layer.input(0);
        if (layer.rank(x) != 4 || layer.rank(layer.input(1)) != 4 || height <= 0 || width <= 0) {
            throw layer.malformed("needs two bottoms of 4 axes and a size above 0, got " + x.shape() + ", "
                    + layer.input(1).shape() + " and " + height + " * " + width);
        }
        Value values = layer.reshape(x, 0, 0, -1);
        Value places = layer.add("Cast", Attributes.of("to", 7), layer.reshape(layer.input(1), 0, 0, -1));
        Value items = layer.add("Shape", Attributes.of("start", 0).with("end", 2), x);
        Value shape =
                layer.add("Concat", Attributes.of("axis", 0), items, layer.ints(Math.multiplyExact(height, width)));
        Value empty = layer.add("Expand", layer.scalar(0), shape);
        Value filled = layer.add("ScatterElements", Attributes.of("axis", 2), empty, places, values);
        return layer.reshape(filled, 0, 0, height, width);
    }
}
