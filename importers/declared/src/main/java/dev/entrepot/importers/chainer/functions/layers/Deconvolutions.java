package dev.entrepot.importers.chainer.functions.layers;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Deconvolutions. Weights are of shape [channels, channels out / groups, ...]. Source: chainer/functions/connection. */
public final class Deconvolutions {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one(
                    "deconvolution_1d(x, W, b=None, stride=1, pad=0, outsize=None, dilate=1, groups=1)",
                    call -> deconvolution(call, 1)),
            one(
                    "deconvolution_2d(x, W, b=None, stride=1, pad=0, outsize=None, *, dilate=1, groups=1)",
                    call -> deconvolution(call, 2)),
            one(
                    "deconvolution_3d(x, W, b=None, stride=1, pad=0, outsize=None, dilate=1, groups=1)",
                    call -> deconvolution(call, 3)),
            one(
                    "deconvolution_nd(x, W, b=None, stride=1, pad=0, outsize=None, dilate=1, groups=1)",
                    call -> deconvolution(call, call.rank(call.value("x")) - 2)));
    // spotless:on

    private Deconvolutions() {}

    private static Value deconvolution(FunctionCall call, int axes) {
        Value x = call.value("x");
        Value weight = call.value("W");
        Windows windows = Windows.ofConvolution(call, weight, axes, call.repeated("dilate", axes), false);
        List<SizeExpr> given = call.sizes("outsize");
        if (call.rank(x) != axes + 2 || !given.isEmpty() && given.size() != axes) {
            throw call.malformed("x has shape " + x.shape() + " and outsize is "
                    + call.get("outsize").sort() + ", expected " + axes + " axes after the channels");
        }
        List<SizeExpr> outputs = new ArrayList<>();
        for (int i = 0; i < axes; i++) {
            outputs.add(given.isEmpty() ? windows.covered(call.size(x, 2 + i), i) : given.get(i));
        }
        long groups = call.whole("groups");
        Value made = deconvolved(call, Convolutions.operands(call, x, weight), windows, groups, outputs);
        return call.cast(made, x.dataType());
    }

    /**
     * Spreads every element over its window, adds up, and takes of that the part of the asked sizes that begins behind the pad.
     *
     * @param operands the image, the weights, and a bias if there is one
     */
    static Value deconvolved(
            FunctionCall call, List<Value> operands, Windows windows, long groups, List<SizeExpr> outputs) {
        Value x = operands.get(0);
        int axes = windows.axes();
        long[] pads = new long[2 * axes];
        long[] more = new long[axes];
        for (int i = 0; i < axes; i++) {
            SizeExpr all = call.size(x, 2 + i)
                    .minus(SizeExpr.ONE)
                    .times(SizeExpr.of(windows.stride()[i]))
                    .plus(SizeExpr.of(windows.reach(i)));
            SizeExpr behind = all.minus(outputs.get(i)).minus(SizeExpr.of(windows.pad()[i]));
            long end = behind.number()
                    .orElseThrow(() -> call.unsupported("how far " + outputs
                            + " is from what the windows cover must be known; give the input's sizes as numbers"));
            pads[i] = windows.pad()[i];
            pads[axes + i] = Math.max(0, end);
            more[i] = Math.max(0, -end);
            if (more[i] >= Math.max(windows.stride()[i], windows.dilation()[i])) {
                throw call.malformed("outsize " + outputs + " is larger than windows of " + windows + " can give");
            }
        }
        Attributes attributes = Attributes.of("strides", windows.stride())
                .with("pads", pads)
                .with("dilations", windows.dilation())
                .with("output_padding", more)
                .with("group", groups);
        Value made = call.add("ConvTranspose", 1, attributes, operands).get(0);
        List<SizeExpr> sizes = new ArrayList<>(
                List.of(call.size(x, 0), call.size(operands.get(1), 1).times(SizeExpr.of(groups))));
        sizes.addAll(outputs);
        return call.sized(made, sizes);
    }
}
