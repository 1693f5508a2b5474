package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * The last layer of a region proposal network: scores [1, 2 * A, H, W], of which the second half counts, deltas [1, 4 * A, H, W] and the
 * image's height, width and scale -> [K, 5] of 0, xmin, ymin, xmax, ymax in pixels by falling score, and maybe the scores.
 *
 * <p>Three layers share all but a few details, which a {@link Plan} names. Among equal scores Caffe's order is that of an unstable sort;
 * here the cell and anchor that stand first win.
 */
final class Proposals {

    /** What becomes of a box whose sides are too short. */
    private enum Small {
        /** It goes. */
        GOES,
        /** It stays with a score of 0. */
        COUNTS_NOTHING
    }

    /**
     * What one kind of proposal layer asks for.
     *
     * @param anchors the boxes around each cell
     * @param stride the distance of cells in pixels
     * @param before how many boxes of the highest scores to suppress among
     * @param after how many to keep of those
     * @param threshold above which overlap the lower box goes
     * @param minSize the shortest side in pixels of an image of scale 1
     * @param small what becomes of a shorter one
     * @param lowest above which score a box counts
     */
    private record Plan(
            Anchors anchors,
            long stride,
            long before,
            long after,
            float threshold,
            long minSize,
            Small small,
            float lowest) {}

    private final LoweringContext layer;
    private final Plan plan;
    private final Value image;
    private final Value one;

    private Proposals(LoweringContext layer, Plan plan) {
        this.layer = layer;
        this.plan = plan;
        this.image = layer.reshape(layer.input(2), -1);
        this.one = layer.scalar(1);
    }

    /** In C++. Too small boxes stay with a score of 0. Source: sanghoon/caffe (dev_pvanet) proposal_layer.cpp. */
    static List<Value> proposal(LoweringContext layer) {
        Parameters parameters = layer.parameters("proposal_param");
        Anchors anchors = new Anchors(
                parameters.longOr("base_size", 16),
                parameters.floats("ratio"),
                parameters.floats("scale"),
                Anchors.Rounding.HALF_UP);
        if (anchors.count() == 0) {
            throw layer.malformed("proposal_param must give a ratio and a scale");
        }
        Plan plan = new Plan(
                anchors,
                parameters.longOr("feat_stride", 16),
                parameters.longOr("pre_nms_topn", 6000),
                parameters.longOr("post_nms_topn", 300),
                parameters.floatOr("nms_thresh", 0.7f),
                parameters.longOr("min_size", 16),
                Small.COUNTS_NOTHING,
                Boxes.LOWEST);
        List<Value> tops = new Proposals(layer, plan).lower();
        return List.of(tops.get(0), layer.reshape(tops.get(1), -1));
    }

    /**
     * In Python, with the settings that py-faster-rcnn has for testing: 6000 boxes before suppression, 300 after, overlap 0.7, sides of 16
     * pixels. Source: rbgirshick/py-faster-rcnn proposal_layer.py and config.py.
     */
    static List<Value> pythonProposal(LoweringContext layer, PythonParameters parameters) {
        Anchors anchors = new Anchors(
                parameters.longOr("base_size", 16),
                parameters.floatsOr("ratios", 0.5f, 1, 2),
                parameters.floatsOr("scales", 8, 16, 32),
                Anchors.Rounding.HALF_TO_EVEN);
        long stride = parameters.longOr("feat_stride", 0);
        if (stride <= 0) {
            throw layer.malformed("param_str must give a feat_stride above 0");
        }
        parameters.requireAllRead(layer);
        Plan plan = new Plan(anchors, stride, 6000, 300, 0.7f, 16, Small.GOES, Boxes.LOWEST);
        return new Proposals(layer, plan).lower();
    }

    /** As in Python, but boxes of score 0 go too. Its defaults were not published. Source: intel clCaffe simpler_nms_layer.cpp. */
    static List<Value> simplerNms(LoweringContext layer) {
        Parameters parameters = layer.parameters("simpler_nms_param");
        parameters.has("cls_threshold");
        parameters.has("max_num_proposals");
        Anchors anchors =
                new Anchors(16, List.of(0.5f, 1f, 2f), parameters.floats("scale"), Anchors.Rounding.HALF_TO_EVEN);
        if (anchors.count() == 0) {
            throw layer.malformed("simpler_nms_param must give a scale");
        }
        Plan plan = new Plan(
                anchors,
                (long) parameters.requireFloat("feat_stride"),
                (long) parameters.requireFloat("pre_nms_topn"),
                (long) parameters.requireFloat("post_nms_topn"),
                parameters.requireFloat("iou_threshold"),
                (long) parameters.requireFloat("min_bbox_size"),
                Small.GOES,
                0);
        return new Proposals(layer, plan).lower().subList(0, 1);
    }

    /** The boxes [K, 5] and their scores [K, 1]. */
    private List<Value> lower() {
        requireShapes();
        long anchors = plan.anchors.count();
        Value boxes = layer.reshape(clipped(moved()), -1, 4);
        Value foreground =
                layer.add("Slice", layer.input(0), layer.ints(anchors), layer.ints(2 * anchors), layer.ints(1));
        Value scores = layer.reshape(lastAxis(foreground), -1);
        scores = layer.add("Where", isLarge(boxes), scores, layer.scalar(plan.small == Small.GOES ? Boxes.LOWEST : 0));
        List<Value> top = highest(scores);
        Value candidates = layer.add("Gather", boxes, top.get(1));
        Value places = suppressed(candidates, top.get(0));
        Value kept = layer.add("Gather", candidates, places);
        Value rois = layer.add("Pad", kept, layer.ints(0, 1, 0, 0), layer.scalar(0));
        Value keptScores = layer.add("Gather", top.get(0), places);
        return new ArrayList<>(List.of(rois, layer.add("Unsqueeze", keptScores, layer.ints(1))));
    }

    private void requireShapes() {
        long anchors = plan.anchors.count();
        long[] channels = {2 * anchors, 4 * anchors};
        for (int i = 0; i < channels.length; i++) {
            Value x = layer.input(i);
            boolean differs = layer.rank(x) != 4
                    || x.shape().dim(1).isKnown() && layer.size(x, 1) != channels[i]
                    || x.shape().dim(0).isKnown() && layer.size(x, 0) != 1;
            if (differs) {
                throw layer.malformed("bottom " + i + " has shape " + x.shape() + ", " + anchors
                        + " anchors ask for [1, " + channels[i] + ", H, W]");
            }
        }
    }

    /** [1, A, H, W] -> [1, H, W, A]. */
    private Value lastAxis(Value x) {
        return layer.add("Transpose", Attributes.of("perm", 0, 2, 3, 1), x);
    }

    /** The anchors around every cell, moved and stretched by the deltas: [H, W, A, 4]. Source: bbox_transform.py, bbox_transform_inv. */
    private Value moved() {
        Tensor shapes = Tensor.of(Shape.of(1, 1, plan.anchors.count(), 4), plan.anchors.values());
        Value anchors = layer.graph().constant("anchors", shapes);
        Value size = layer.add("Add", layer.add("Sub", Boxes.high(layer, anchors), Boxes.low(layer, anchors)), one);
        Value half = layer.scalar(0.5f);
        Value around = layer.add("Add", Boxes.low(layer, anchors), layer.add("Mul", size, half));
        Value centre = layer.add("Add", around, Boxes.join(layer, cells(3, 1), cells(2, 0)));
        Value perAnchor = layer.add("Shape", Attributes.of("start", 2).with("end", 4), layer.input(1));
        Value target = layer.add("Concat", Attributes.of("axis", 0), perAnchor, layer.ints(plan.anchors.count(), 4));
        Value deltas = layer.add("Reshape", lastAxis(layer.input(1)), target);
        Value newCentre = layer.add("Add", layer.add("Mul", Boxes.low(layer, deltas), size), centre);
        Value extent = layer.add("Mul", layer.add("Exp", Boxes.high(layer, deltas)), size);
        Value radius = layer.add("Mul", extent, half);
        return Boxes.join(layer, layer.add("Sub", newCentre, radius), layer.add("Add", newCentre, radius));
    }

    /** The cells' distance from the first along one axis of the features, in the shape [H, W, 1, 1]. */
    private Value cells(int axis, int place) {
        Value count = layer.add("Shape", Attributes.of("start", axis).with("end", axis + 1), layer.input(0));
        Value numbers = layer.add(
                "Range",
                layer.graph().integer("first", 0),
                layer.add("Squeeze", count),
                layer.graph().integer("one", 1));
        Value pixels = layer.add("Mul", Boxes.toFloat(layer, numbers), layer.scalar(plan.stride));
        Value line = place == 1 ? layer.reshape(pixels, 1, -1, 1, 1) : layer.reshape(pixels, -1, 1, 1, 1);
        Value plane = layer.add("Shape", Attributes.of("start", 2).with("end", 4), layer.input(0));
        return layer.add("Expand", line, layer.add("Concat", Attributes.of("axis", 0), plane, layer.ints(1, 1)));
    }

    private Value clipped(Value boxes) {
        Value last = layer.add("Sub", layer.add("Gather", image, layer.ints(1, 0, 1, 0)), one);
        return layer.add("Max", layer.add("Min", boxes, last), layer.scalar(0));
    }

    /** Whether both sides are long enough. The image's scale may be one number or one for each axis, height first. */
    private Value isLarge(Value boxes) {
        Value info = layer.input(2);
        boolean perAxis = layer.size(info, layer.rank(info) == 1 ? 0 : 1) >= 4;
        Value scale = layer.add("Gather", image, perAxis ? layer.ints(3, 2) : layer.ints(2, 2));
        Value least = layer.add("Mul", scale, layer.scalar(plan.minSize));
        Value sides = layer.add("Add", layer.add("Sub", Boxes.high(layer, boxes), Boxes.low(layer, boxes)), one);
        Value isLong = Boxes.toFloat(layer, layer.add("GreaterOrEqual", sides, least));
        Value both = layer.add("ReduceMin", Attributes.of("keepdims", 0), isLong, layer.ints(1));
        return layer.add("Greater", both, layer.scalar(0));
    }

    private List<Value> highest(Value scores) {
        Value count = layer.add("Shape", scores);
        Value most = plan.before > 0 ? layer.add("Min", count, layer.ints(plan.before)) : count;
        return layer.graph().add("TopK", 2, Attributes.of("axis", 0), List.of(scores, most));
    }

    /** Which candidates no higher one covers; a box of pixels xmin to xmax is xmax - xmin + 1 wide. */
    private Value suppressed(Value candidates, Value scores) {
        Value areas =
                layer.add("Add", candidates, layer.graph().constant("ends", Tensor.of(Shape.of(1, 4), 0f, 0f, 1f, 1f)));
        Value most = plan.after > 0 ? layer.ints(plan.after) : layer.add("Shape", scores);
        Value rows = Boxes.suppress(
                layer,
                layer.add("Unsqueeze", areas, layer.ints(0)),
                layer.reshape(scores, 1, 1, -1),
                most,
                plan.threshold,
                plan.lowest);
        return layer.add("Gather", Attributes.of("axis", 1), rows, layer.graph().integer("place", 2));
    }
}
