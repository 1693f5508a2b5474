package dev.entrepot.importers.chainer.functions;

import static dev.entrepot.importers.chainer.functions.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;

/** Pooling. Source: chainer/functions/pooling. */
final class Pooling {

    // spotless:off
    static final List<Support> TABLE = List.of(
            one("average_pooling_2d(x, ksize, stride=None, pad=0)", Pooling::averagePooling2d),
            one(
                    "max_pooling_2d(x, ksize, stride=None, pad=0, cover_all=True, return_indices=False)",
                    Pooling::maxPooling2d));
    // spotless:on

    private Pooling() {}

    private static Value maxPooling2d(FunctionCall call) {
        Value x = call.value("x");
        long[] kernel = call.repeated("ksize", 2);
        long[] stride = call.has("stride") ? call.repeated("stride", 2) : kernel;
        long[] pad = call.repeated("pad", 2);
        long[] pads = {pad[0], pad[1], pad[0], pad[1]};
        if (call.flag("cover_all")) {
            for (int i = 0; i < 2; i++) {
                long size = call.knownSize(x, 2 + i);
                long outputs = (size + 2 * pad[i] - kernel[i] + stride[i] - 1) / stride[i] + 1;
                pads[2 + i] = Math.max(0, (outputs - 1) * stride[i] + kernel[i] - pad[i] - size);
            }
        }
        return call.add(
                "MaxPool",
                Attributes.of("kernel_shape", kernel).with("strides", stride).with("pads", pads),
                x);
    }

    /** The pad counts. */
    private static Value averagePooling2d(FunctionCall call) {
        long[] kernel = call.repeated("ksize", 2);
        long[] pad = call.repeated("pad", 2);
        return call.add(
                "AveragePool",
                Attributes.of("kernel_shape", kernel)
                        .with("strides", call.has("stride") ? call.repeated("stride", 2) : kernel)
                        .with("pads", new long[] {pad[0], pad[1], pad[0], pad[1]})
                        .with("count_include_pad", 1),
                call.value("x"));
    }
}
