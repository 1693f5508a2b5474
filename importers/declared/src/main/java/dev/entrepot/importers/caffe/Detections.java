package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.stream.LongStream;

/**
 * SSD's last layer: locations [N, P * L * 4], confidences [N, P * C] and priors [1, 2, P * 4] -> [1, 1, K, 7] of item, label, score, xmin,
 * ymin, xmax, ymax, ordered by item, label and falling score. Source: weiliu89/caffe (ssd) detection_output_layer.cpp and bbox_util.cpp.
 *
 * <p>K is what is left; where nothing is, each item has one row of its number and -1. Among equal scores the prior that stands first wins,
 * as in Caffe, but for {@code keep_top_k}, where Caffe's order is that of an unstable sort.
 */
final class Detections {

    private static final int SCORE_AXIS = 2;

    private final LoweringContext layer;
    private final Parameters parameters;
    private final long classes;
    private final boolean shared;
    private final long priors;

    private Detections(LoweringContext layer) {
        this.layer = layer;
        this.parameters = layer.parameters("detection_output_param");
        this.classes = parameters.longOr("num_classes", 0);
        this.shared = parameters.boolOr("share_location", true);
        this.priors = layer.size(layer.input(2), 2) / 4;
    }

    static Value detectionOutput(LoweringContext layer) {
        return new Detections(layer).lower();
    }

    private Value lower() {
        requireKnown();
        long[] kept = keptClasses();
        Value boxes = boxes(kept);
        Value scores = scores(kept);
        Value rows = selected(boxes, scores, kept.length);
        rows = bestOfItem(rows, scores, kept.length);
        return table(rows, boxes, scores, kept);
    }

    private void requireKnown() {
        List.of("visualize", "visualize_threshold", "save_file", "save_output_param")
                .forEach(parameters::has);
        if (classes <= 0) {
            throw layer.malformed("detection_output_param.num_classes is " + classes + ", it must be above 0");
        }
        if (layer.inputs().size() > 4) {
            throw layer.unsupported("has " + layer.inputs().size()
                    + " bottoms; RefineDet's, which refines its priors first, is not known");
        }
        float eta = nms().floatOr("eta", 1);
        if (eta != 1) {
            throw layer.unsupported("nms_param.eta " + eta
                    + " makes the threshold fall while boxes are chosen, which ONNX's NonMaxSuppression has not; 1 is");
        }
        requireSize(0, priors * (shared ? 1 : classes) * 4);
        requireSize(1, priors * classes);
    }

    private void requireSize(int bottom, long expected) {
        Value x = layer.input(bottom);
        if (layer.rank(x) >= 2 && x.shape().dim(1).isKnown() && layer.size(x, 1) != expected) {
            throw layer.malformed("bottom " + bottom + " has shape " + x.shape() + ", " + priors + " priors and "
                    + classes + " classes ask for [N, " + expected + "]");
        }
    }

    private Parameters nms() {
        return parameters.message("nms_param");
    }

    /** All classes but the background. */
    private long[] keptClasses() {
        long background = parameters.longOr("background_label_id", 0);
        return LongStream.range(0, classes).filter(label -> label != background).toArray();
    }

    /** Decoded boxes: [N, P, 4], or with locations of their own for each class [N, K, P, 4]. */
    private Value boxes(long[] kept) {
        Value location = layer.reshape(layer.input(0), 0, priors, shared ? 1 : classes, 4);
        Value decoded = decoded(location);
        if (shared) {
            return layer.reshape(decoded, 0, priors, 4);
        }
        Value byClass = layer.add("Transpose", Attributes.of("perm", 0, 2, 1, 3), decoded);
        return layer.add("Gather", Attributes.of("axis", 1), byClass, layer.ints(kept));
    }

    /** Source: bbox_util.cpp, DecodeBBox. */
    private Value decoded(Value location) {
        Value both = layer.reshape(layer.input(2), 2, priors, 1, 4);
        Value prior = layer.add(
                "Gather", Attributes.of("axis", 0), both, layer.graph().integer("boxes", 0));
        Value variance = layer.add(
                "Gather", Attributes.of("axis", 0), both, layer.graph().integer("variances", 1));
        Value offset = parameters.boolOr("variance_encoded_in_target", false)
                ? location
                : layer.add("Mul", variance, location);
        Value size = layer.add("Sub", Boxes.high(layer, prior), Boxes.low(layer, prior));
        // The enum begins at 1.
        String code = parameters.enumOr("code_type", "CORNER", "", "CORNER", "CENTER_SIZE", "CORNER_SIZE");
        return switch (code) {
            case "CENTER_SIZE" -> aroundCentre(offset, prior, size);
            case "CORNER_SIZE" -> layer.add("Add", prior, layer.add("Mul", offset, Boxes.join(layer, size, size)));
            default -> layer.add("Add", prior, offset);
        };
    }

    private Value aroundCentre(Value offset, Value prior, Value size) {
        Value half = layer.scalar(0.5f);
        Value middle = layer.add("Mul", layer.add("Add", Boxes.low(layer, prior), Boxes.high(layer, prior)), half);
        Value centre = layer.add("Add", layer.add("Mul", Boxes.low(layer, offset), size), middle);
        Value extent = layer.add("Mul", layer.add("Exp", Boxes.high(layer, offset)), size);
        Value radius = layer.add("Mul", extent, half);
        return Boxes.join(layer, layer.add("Sub", centre, radius), layer.add("Add", centre, radius));
    }

    /** [N, K, P]; where {@code top_k} says so, all but the highest of each class are {@link Boxes#LOWEST}. */
    private Value scores(long[] kept) {
        Value byPrior = layer.reshape(layer.input(1), 0, priors, classes);
        Value byClass = layer.add("Transpose", Attributes.of("perm", 0, 2, 1), byPrior);
        Value scores = kept.length == classes
                ? byClass
                : layer.add("Gather", Attributes.of("axis", 1), byClass, layer.ints(kept));
        long count = nms().longOr("top_k", -1);
        if (count < 0 || count >= priors) {
            return scores;
        }
        List<Value> top =
                layer.graph().add("TopK", 2, Attributes.of("axis", SCORE_AXIS), List.of(scores, layer.ints(count)));
        return layer.add(
                "ScatterElements",
                Attributes.of("axis", SCORE_AXIS),
                Boxes.filledLike(layer, scores, Boxes.LOWEST),
                top.get(1),
                top.get(0));
    }

    /** [M, 3] of item, class and prior. */
    private Value selected(Value boxes, Value scores, int kept) {
        float threshold = nms().floatOr("nms_threshold", 0.3f);
        if (threshold < 0) {
            throw layer.malformed("nms_param.nms_threshold is " + threshold + ", it must not be negative");
        }
        float confidence = parameters.floatOr("confidence_threshold", Boxes.LOWEST);
        Value valid = valid(boxes);
        Value most = layer.ints(priors);
        if (shared) {
            return Boxes.suppress(layer, valid, scores, most, threshold, confidence);
        }
        Value rows = Boxes.suppress(
                layer,
                layer.reshape(valid, -1, priors, 4),
                layer.reshape(scores, -1, 1, priors),
                most,
                threshold,
                confidence);
        Value batch = Boxes.part(layer, rows, 0, 1);
        Value count = layer.ints(kept);
        return Boxes.join(
                layer, layer.add("Div", batch, count), layer.add("Mod", batch, count), Boxes.part(layer, rows, 2, 3));
    }

    /** A box that ends before it begins covers nothing in Caffe; ONNX would turn it round. */
    private Value valid(Value boxes) {
        Value low = Boxes.low(layer, boxes);
        return Boxes.join(layer, low, layer.add("Max", low, Boxes.high(layer, boxes)));
    }

    /** The rows among the {@code keep_top_k} of the highest scores of their item. */
    private Value bestOfItem(Value rows, Value scores, int kept) {
        long cells = Math.multiplyExact(kept, priors);
        long count = parameters.longOr("keep_top_k", -1);
        if (count < 0 || count >= cells) {
            return rows;
        }
        Value place = layer.add(
                "Add",
                layer.add("Mul", Boxes.part(layer, rows, 1, 2), layer.ints(priors)),
                Boxes.part(layer, rows, 2, 3));
        Value cell = Boxes.join(layer, Boxes.part(layer, rows, 0, 1), place);
        Value flat = layer.reshape(scores, 0, cells);
        Value none = Boxes.filledLike(layer, flat, Boxes.LOWEST);
        Value candidates = layer.add("ScatterND", none, cell, layer.add("GatherND", flat, cell));
        List<Value> top =
                layer.graph().add("TopK", 2, Attributes.of("axis", 1), List.of(candidates, layer.ints(count)));
        Value marks = layer.add(
                "ScatterElements",
                Attributes.of("axis", 1),
                Boxes.filledLike(layer, flat, 0),
                top.get(1),
                Boxes.filledLike(layer, top.get(0), 1));
        Value isBest = layer.add("Greater", layer.add("GatherND", marks, cell), layer.scalar(0));
        return layer.add("Compress", Attributes.of("axis", 0), rows, isBest);
    }

    private Value table(Value rows, Value boxes, Value scores, long[] kept) {
        Value item = Boxes.part(layer, rows, 0, 1);
        Value classOf = Boxes.part(layer, rows, 1, 2);
        Value prior = Boxes.part(layer, rows, 2, 3);
        Value label = layer.add("Gather", layer.ints(kept), classOf);
        Value score = layer.add("Unsqueeze", layer.add("GatherND", scores, rows), layer.ints(1));
        Value box = layer.add("GatherND", boxes, shared ? Boxes.join(layer, item, prior) : rows);
        Value found = Boxes.join(layer, Boxes.toFloat(layer, item), Boxes.toFloat(layer, label), score, box);
        Value all =
                layer.add("Concat", Attributes.of("axis", 0), found, Boxes.placeholders(layer, rows, layer.input(0)));
        return layer.add("Unsqueeze", all, layer.ints(0, 1));
    }
}
