package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;

/** Pieces that detection layers share: cutting, choosing and suppressing boxes, whose last axis holds xmin, ymin, xmax, ymax. */
final class Boxes {

    /** The lowest float32: what a score becomes that must not count. */
    static final float LOWEST = -Float.MAX_VALUE;

    private static final int FLOAT = 1;

    private Boxes() {}

    /** The elements from one place on the last axis to another. */
    static Value part(LoweringContext layer, Value value, long from, long to) {
        return layer.add("Slice", value, layer.ints(from), layer.ints(to), layer.ints(-1));
    }

    /** xmin and ymin. */
    static Value low(LoweringContext layer, Value boxes) {
        return part(layer, boxes, 0, 2);
    }

    /** xmax and ymax. */
    static Value high(LoweringContext layer, Value boxes) {
        return part(layer, boxes, 2, 4);
    }

    /** Values side by side on the last axis. */
    static Value join(LoweringContext layer, Value... parts) {
        return layer.add("Concat", Attributes.of("axis", -1), parts);
    }

    static Value toFloat(LoweringContext layer, Value value) {
        return layer.add("Cast", Attributes.of("to", FLOAT), value);
    }

    static Value toLong(LoweringContext layer, Value value) {
        return layer.add("Cast", Attributes.of("to", 7), value);
    }

    /** {@code fill} in the shape of another value. */
    static Value filledLike(LoweringContext layer, Value other, float fill) {
        return layer.add("Expand", layer.scalar(fill), layer.add("Shape", other));
    }

    /**
     * The boxes that no box of a higher score covers: [N, P, 4] and [N, C, P] -> [K, 3] of item, class, place, ordered by item, class and
     * falling score. A score of {@link #LOWEST} does not count.
     *
     * @param most how many to keep of each class, an int64 vector of one
     * @param threshold above which overlap the lower box goes
     * @param confidence above which score a box counts
     */
    static Value suppress(
            LoweringContext layer, Value boxes, Value scores, Value most, float threshold, float confidence) {
        return layer.add(
                "NonMaxSuppression",
                boxes,
                scores,
                most,
                layer.scalar(Math.min(threshold, 1)),
                layer.scalar(Math.max(confidence, LOWEST)));
    }

    /** [N, 7] of the item's number and -1 for each item of a bottom if there are no rows at all, else nothing. */
    static Value placeholders(LoweringContext layer, Value rows, Value bottom) {
        Value count = layer.add("Shape", Attributes.of("start", 0).with("end", 1), rows);
        Value items = layer.add("Shape", Attributes.of("start", 0).with("end", 1), bottom);
        Value numbers = layer.add(
                "Range",
                layer.graph().integer("first", 0),
                layer.add("Squeeze", items),
                layer.graph().integer("one", 1));
        Value column = toFloat(layer, layer.add("Unsqueeze", numbers, layer.ints(1)));
        Value nothing = layer.add("Pad", column, layer.ints(0, 0, 0, 6), layer.scalar(-1));
        Value isEmpty = layer.add("Expand", layer.add("Equal", count, layer.ints(0)), items);
        return layer.add("Compress", Attributes.of("axis", 0), nothing, isEmpty);
    }
}
