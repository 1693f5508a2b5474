package dev.entrepot.importers.torch.operators.images;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.Amounts;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.entries.Precision;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** torchvision's operators on boxes and regions. Source: torchvision/csrc/ops/cpu. */
public final class Detection {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            refuse("torchvision::box_iou_rotated", "compares rotated boxes, which has no form in ONNX yet"),
            one("torchvision::deform_conv2d", Detection::deformConv2d),
            one("torchvision::nms", Detection::nms),
            many("torchvision::ps_roi_align", Detection::psRoiAlign),
            refuse(
                    "torchvision::ps_roi_pool",
                    "averages whole-numbered bins of regions, which has no form in ONNX yet"),
            refuse("torchvision::qnms", "takes quantized boxes"),
            refuse("torchvision::qroi_align", "takes quantized images"),
            one("torchvision::roi_align", Detection::roiAlign),
            many("torchvision::roi_pool", Detection::roiPool));
    // spotless:on

    private Detection() {}

    /** dets [K, 4] as corners, scores [K] -> the indices of the boxes that stay, by falling score. */
    private static Value nms(AtenCall call) {
        Value boxes = call.cast(call.unsqueeze(call.value("dets"), 0), DataType.FLOAT);
        Value scores = call.cast(call.unsqueeze(call.value("scores"), 0, 1), DataType.FLOAT);
        Value selected = call.add(
                "NonMaxSuppression",
                boxes,
                scores,
                call.vector(List.of(call.size(call.value("dets"), 0))),
                call.constant(Tensor.vector((float) call.real("iou_threshold"))));
        Value indices = call.add("Gather", Attributes.of("axis", 1), selected, call.scalar(2, DataType.INT64));
        return indices;
    }

    /** input [N, C, H, W], rois [K, 5] with the batch's index before the corners -> [K, C, ph, pw]. */
    private static Value roiAlign(AtenCall call) {
        return aligned(call, call.bool("aligned") ? "half_pixel" : "output_half_pixel");
    }

    private static Value aligned(AtenCall call, String transformation) {
        Value input = call.value("input");
        long height = call.integer("pooled_height");
        long width = call.integer("pooled_width");
        Attributes attributes = Attributes.of("coordinate_transformation_mode", transformation)
                .with("output_height", height)
                .with("output_width", width)
                .with("sampling_ratio", Math.max(0, call.integer("sampling_ratio")))
                .with("spatial_scale", (float) call.real("spatial_scale"));
        Value rois = call.value("rois");
        Value batch = call.cast(call.squeeze(call.slice(rois, 1, 0, 1), 1), DataType.INT64);
        Value boxes = call.slice(rois, 1, 1, 5);
        Value y = Precision.single(
                call, input, x -> call.add("RoiAlign", attributes, x, call.cast(boxes, x.dataType()), batch));
        return call.sized(y, List.of(call.size(rois, 0), call.size(input, 1), SizeExpr.of(height), SizeExpr.of(width)));
    }

    /** The maxima of whole-numbered bins; their places serve the backward pass, they are zeros. */
    private static List<Value> roiPool(AtenCall call) {
        Value input = call.value("input");
        Value rois = call.value("rois");
        long height = call.integer("pooled_height");
        long width = call.integer("pooled_width");
        Attributes attributes =
                Attributes.of("pooled_shape", height, width).with("spatial_scale", (float) call.real("spatial_scale"));
        Value y = Precision.single(
                call, input, x -> call.add("MaxRoiPool", attributes, x, call.cast(rois, x.dataType())));
        List<SizeExpr> sizes =
                List.of(call.size(rois, 0), call.size(input, 1), SizeExpr.of(height), SizeExpr.of(width));
        return List.of(call.sized(y, sizes), places(call, sizes));
    }

    private static Value places(AtenCall call, List<SizeExpr> sizes) {
        return call.sized(call.add("Expand", call.scalar(0, DataType.INT32), call.vector(sizes)), sizes);
    }

    /** Each bin takes a channel of its own: input [N, C ph pw, H, W] -> [K, C, ph, pw]. */
    private static List<Value> psRoiAlign(AtenCall call) {
        long height = call.integer("pooled_height");
        long width = call.integer("pooled_width");
        long bins = Amounts.product(call, height, width);
        Value all = aligned(call, "half_pixel");
        long channels = call.knownSize(call.value("input"), 1) / Math.max(1, bins);
        SizeExpr regions = call.size(call.value("rois"), 0);
        Value flat = call.reshape(all, List.of(regions, SizeExpr.of(channels * bins * bins)));
        long[] places = new long[Amounts.product(call, channels, bins)];
        for (int i = 0; i < places.length; i++) {
            places[i] = i * bins + i % bins;
        }
        Value picked = call.add("Gather", Attributes.of("axis", 1), flat, call.vector(places));
        List<SizeExpr> sizes = List.of(regions, SizeExpr.of(channels), SizeExpr.of(height), SizeExpr.of(width));
        return List.of(
                call.reshape(call.sized(picked, List.of(regions, SizeExpr.of(places.length))), sizes),
                places(call, sizes));
    }

    /** A convolution whose taps are moved by offset [N, groups kh kw 2, H', W'] and weighed by mask. Source: deform_conv2d_kernel.cpp. */
    private static Value deformConv2d(AtenCall call) {
        Value input = call.value("input");
        Value weight = call.value("weight");
        Value offset = call.value("offset");
        long padHeight = call.integer("pad_h");
        long padWidth = call.integer("pad_w");
        Attributes attributes = Attributes.of("strides", call.integer("stride_h"), call.integer("stride_w"))
                .with("dilations", call.integer("dilation_h"), call.integer("dilation_w"))
                .with("pads", padHeight, padWidth, padHeight, padWidth)
                .with("group", call.integer("groups"))
                .with("offset_group", call.integer("offset_groups"));
        Value y = Precision.single(call, input, x -> {
            DataType type = x.dataType();
            Value mask = call.bool("use_mask") ? call.value("mask", type) : Value.NONE;
            return call.add(
                    "DeformConv",
                    attributes,
                    x,
                    call.cast(weight, type),
                    call.cast(offset, type),
                    call.value("bias", type),
                    mask);
        });
        return call.sized(
                y, List.of(call.size(input, 0), call.size(weight, 0), call.size(offset, 2), call.size(offset, 3)));
    }
}
