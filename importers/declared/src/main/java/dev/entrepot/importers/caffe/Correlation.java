package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;

/**
 * How alike the patches of two blobs [N, C, H, W] are, for every displacement of the second: [N, D * D, H', W'], each the mean over the
 * patch of products or of absolute differences. Source: lmb-freiburg/flownet2 correlation_layer.cpp and .cu.
 *
 * <p>One body of nodes is run for each displacement, by a Scan over where the second blob's part begins.
 *
 * @param pad the zeros around both blobs
 * @param kernel the side of a patch, odd
 * @param reach the largest displacement
 * @param stride the distance of patches
 * @param step the distance of displacements
 * @param subtracts whether differences are taken
 */
record Correlation(long pad, long kernel, long reach, long stride, long step, boolean subtracts) {

    static Value correlation(LoweringContext layer) {
        Parameters parameters = layer.parameters("correlation_param");
        parameters.has("do_abs");
        if (parameters.longOr("single_direction", 0) != 0) {
            throw layer.unsupported("correlation_param.single_direction is for Correlation1D only");
        }
        Correlation correlation = new Correlation(
                parameters.longOr("pad", 0),
                parameters.longOr("kernel_size", 0),
                parameters.longOr("max_displacement", -1),
                parameters.longOr("stride_1", 1),
                parameters.longOr("stride_2", 1),
                parameters
                        .enumOr("correlation_type", "MULTIPLY", "MULTIPLY", "SUBTRACT")
                        .equals("SUBTRACT"));
        correlation.requireSound(layer);
        return correlation.lower(layer);
    }

    private void requireSound(LoweringContext layer) {
        if (kernel <= 0 || kernel % 2 == 0 || reach < 0 || stride <= 0 || step <= 0 || pad < 0) {
            throw layer.malformed("kernel_size " + kernel + " must be odd, max_displacement " + reach
                    + " given, stride_1 " + stride + " and stride_2 " + step + " above 0");
        }
        if (room(layer, 2) < 1 || room(layer, 3) < 1) {
            throw layer.malformed("kernel_size and max_displacement leave nothing of "
                    + layer.input(0).shape());
        }
    }

    /** How many patches could stand along an axis, one beside the other. */
    private long room(LoweringContext layer, int axis) {
        return layer.size(layer.input(0), axis) + 2 * pad - 2 * reach - (kernel - 1);
    }

    private Value lower(LoweringContext layer) {
        long[] extent = {
            (room(layer, 2) - 1) / stride * stride + kernel, (room(layer, 3) - 1) / stride * stride + kernel
        };
        Value pads = layer.ints(0, 0, pad, pad, 0, 0, pad, pad);
        Value plane = layer.ints(2, 3);
        Value still = layer.add(
                "Slice",
                layer.add("Pad", layer.input(0), pads),
                layer.ints(reach, reach),
                layer.ints(reach + extent[0], reach + extent[1]),
                plane);
        Value moving = layer.add("Pad", layer.input(1), pads);
        GraphBuilder body = layer.graph().subgraph(layer.layer().name() + "_displacement");
        Value start = body.input(layer.layer().name() + "/displacement/start", DataType.INT64, Shape.of(2));
        Value end = body.add("Add", start, layer.ints(extent));
        body.output(likeness(layer, body, still, body.add("Slice", moving, start, end, plane)));
        Attributes scan = Attributes.of("num_scan_inputs", 1)
                .with("scan_output_axes", new long[] {1})
                .with("body", body.build());
        return layer.graph().add("Scan", 1, scan, List.of(starts(layer))).get(0);
    }

    /** [N, H', W']. */
    private Value likeness(LoweringContext layer, GraphBuilder body, Value still, Value moved) {
        Value each = subtracts ? body.add("Abs", body.add("Sub", still, moved)) : body.add("Mul", still, moved);
        Value mean = body.add("ReduceMean", Attributes.of("keepdims", 1), each, layer.ints(1));
        Attributes windows = Attributes.of("kernel_shape", kernel, kernel).with("strides", stride, stride);
        Value patches = kernel == 1 && stride == 1 ? mean : body.add("AveragePool", windows, mean);
        return body.add("Squeeze", patches, layer.ints(1));
    }

    /** [D * D, 2]: where the moving part begins for each displacement, row and column. */
    private Value starts(LoweringContext layer) {
        long radius = reach / step;
        long side = 2 * radius + 1;
        long[] starts = new long[Math.toIntExact(2 * side * side)];
        for (int i = 0; i < starts.length / 2; i++) {
            starts[2 * i] = reach + (i / side - radius) * step;
            starts[2 * i + 1] = reach + (i % side - radius) * step;
        }
        return layer.graph().constant("displacements", Tensor.of(Shape.of(side * side, 2), starts));
    }
}
