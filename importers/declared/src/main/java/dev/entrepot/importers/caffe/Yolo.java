package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * YOLO's last layers. Features are [N, B * (5 + C), H, W]: for each of B boxes its place, size, objectness and C classes. Detections are
 * [1, 1, K, 7] of 0, label from 1 on, score, xmin, ymin, xmax, ymax as parts of the image, by falling score. A box goes if one of a
 * higher score, of whatever class and item, covers as much as the threshold.
 */
final class Yolo {

    private static final long COORDINATES = 5;

    /** All boxes of some features: their labels and scores [P], and corners [P, 4]. */
    private record Candidates(Value labels, Value scores, Value corners) {}

    private final LoweringContext layer;
    private final Parameters parameters;
    private final long classes;

    private Yolo(LoweringContext layer, String message) {
        this.layer = layer;
        this.parameters = layer.parameters(message);
        this.classes = parameters.longOr("num_classes", 20);
    }

    /** Each box counts with its best class. Source: eric612/MobileNet-YOLO yolo_detection_output_layer.cpp, Forward_cpu. */
    static Value detections2(LoweringContext layer) {
        Yolo yolo = new Yolo(layer, "yolo_detection_output_param");
        List.of("side", "coords", "label_map_file").forEach(yolo.parameters::has);
        long boxes = yolo.parameters.longOr("num_box", 5);
        float[] sizes = yolo.biases(boxes);
        List<Candidates> all = new ArrayList<>();
        for (Value features : layer.inputs()) {
            Value cells = yolo.cells(features, boxes);
            Value objectness = layer.add("Sigmoid", Boxes.part(layer, cells, 4, COORDINATES));
            Value likely = layer.add("Softmax", Boxes.part(layer, cells, COORDINATES, COORDINATES + yolo.classes));
            List<Value> best = layer.graph().add("TopK", 2, Attributes.of("axis", -1), List.of(likely, layer.ints(1)));
            Value scores = layer.add("Mul", objectness, best.get(0));
            Value corners = yolo.corners(cells, features, sizes, 1);
            all.add(new Candidates(
                    layer.reshape(best.get(1), -1), layer.reshape(scores, -1), layer.reshape(corners, -1, 4)));
        }
        float confidence = yolo.parameters.floatOr("confidence_threshold", 0.01f);
        return yolo.rows(all, Math.nextDown(confidence));
    }

    /**
     * Each box counts once with every class; each bottom has anchors of its own, which {@code mask} chooses among {@code biases}. Source:
     * eric612/MobileNet-YOLO yolov3_detection_output_layer.cpp, Forward_cpu.
     */
    static Value detections3(LoweringContext layer) {
        Yolo yolo = new Yolo(layer, "yolov3_detection_output_param");
        if (yolo.parameters.boolOr("gaussian_box", false)) {
            throw layer.unsupported("gaussian_box is not known; boxes without it are");
        }
        long boxes = yolo.parameters.longOr("num_box", 3);
        int groups = layer.inputs().size();
        long declared = yolo.parameters.longOr("mask_group_num", 2);
        List<Long> masks = yolo.parameters.longs("mask");
        List<Long> scales = yolo.parameters.longs("anchors_scale");
        if (declared != groups || masks.size() != groups * boxes || scales.size() < groups) {
            throw layer.malformed("has " + groups + " bottoms, mask_group_num " + declared + ", " + masks.size()
                    + " masks and " + scales.size() + " anchors_scales; num_box " + boxes
                    + " masks and a scale for each bottom are expected");
        }
        List<Candidates> all = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            Value features = layer.input(i);
            float[] sizes = yolo.masked(masks.subList((int) (i * boxes), (int) ((i + 1) * boxes)));
            Value cells = yolo.cells(features, boxes);
            Value objectness = layer.add("Sigmoid", Boxes.part(layer, cells, 4, COORDINATES));
            Value likely = layer.add("Sigmoid", Boxes.part(layer, cells, COORDINATES, COORDINATES + yolo.classes));
            Value scores = layer.add("Mul", objectness, likely);
            Value corners = yolo.corners(cells, features, sizes, scales.get(i));
            all.add(yolo.withEveryClass(scores, corners));
        }
        return yolo.rows(all, yolo.parameters.floatOr("confidence_threshold", 0.01f));
    }

    private Candidates withEveryClass(Value scores, Value corners) {
        Value flat = layer.reshape(corners, -1, 1, 4);
        Value count = layer.add("Shape", Attributes.of("start", 0).with("end", 1), flat);
        Value shape = layer.add("Concat", Attributes.of("axis", 0), count, layer.ints(classes, 4));
        long[] numbers = new long[Math.toIntExact(classes)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        Value labels = layer.add(
                "Expand",
                layer.ints(numbers),
                layer.add("Concat", Attributes.of("axis", 0), count, layer.ints(classes)));
        return new Candidates(
                layer.reshape(labels, -1),
                layer.reshape(scores, -1),
                layer.reshape(layer.add("Expand", flat, shape), -1, 4));
    }

    /** Width and height of each box, in cells or pixels. */
    private float[] biases(long boxes) {
        List<Float> given = parameters.floats("biases");
        if (given.size() < 2 * boxes) {
            throw layer.malformed(
                    "gives " + given.size() + " biases for " + boxes + " boxes, two for each are expected");
        }
        float[] sizes = new float[Math.toIntExact(2 * boxes)];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = given.get(i);
        }
        return sizes;
    }

    private float[] masked(List<Long> mask) {
        List<Float> given = parameters.floats("biases");
        float[] sizes = new float[2 * mask.size()];
        for (int i = 0; i < sizes.length; i++) {
            long bias = 2 * mask.get(i / 2) + i % 2;
            if (bias < 0 || bias >= given.size()) {
                throw layer.malformed(
                        "mask " + mask.get(i / 2) + " is beyond its " + given.size() / 2 + " pairs of biases");
            }
            sizes[i] = given.get((int) bias);
        }
        return sizes;
    }

    /** [N, H, W, B, 5 + C]. */
    private Value cells(Value features, long boxes) {
        long width = COORDINATES + classes;
        if (layer.rank(features) != 4 || layer.size(features, 1) != boxes * width) {
            throw layer.malformed(
                    "bottom " + features.shape() + " has not " + boxes + " boxes of " + width + " channels");
        }
        Value split = layer.reshape(features, 0, boxes, width, layer.size(features, 2), layer.size(features, 3));
        return layer.add("Transpose", Attributes.of("perm", 0, 3, 4, 1, 2), split);
    }

    /** [N, H, W, B, 4]; sizes are in units of which a cell has {@code scale}. */
    private Value corners(Value cells, Value features, float[] sizes, long scale) {
        int height = Math.toIntExact(layer.size(features, 2));
        int width = Math.toIntExact(layer.size(features, 3));
        float[] places = new float[Math.multiplyExact(2, Math.multiplyExact(height, width))];
        for (int i = 0; i < places.length / 2; i++) {
            places[2 * i] = i % width;
            places[2 * i + 1] = i / width;
        }
        Value grid = layer.graph().constant("cells", Tensor.of(Shape.of(height, width, 1, 2), places));
        Value plane = layer.graph().constant("plane", Tensor.vector(width, (float) height));
        Value image = layer.graph().constant("image", Tensor.vector(width * scale, (float) height * scale));
        Value anchors = layer.graph().constant("anchors", Tensor.of(Shape.of(sizes.length / 2, 2), sizes));
        Value inCell = layer.add("Sigmoid", Boxes.low(layer, cells));
        Value centre = layer.add("Div", layer.add("Add", grid, inCell), plane);
        Value size = layer.add("Div", layer.add("Mul", layer.add("Exp", Boxes.high(layer, cells)), anchors), image);
        Value radius = layer.add("Mul", size, layer.scalar(0.5f));
        return Boxes.join(layer, layer.add("Sub", centre, radius), layer.add("Add", centre, radius));
    }

    private Value rows(List<Candidates> all, float confidence) {
        Value labels = joined(all.stream().map(Candidates::labels).toList());
        Value scores = joined(all.stream().map(Candidates::scores).toList());
        Value corners = joined(all.stream().map(Candidates::corners).toList());
        float threshold = Math.nextDown(parameters.floatOr("nms_threshold", 0.45f));
        Value kept = Boxes.suppress(
                layer,
                layer.add("Unsqueeze", corners, layer.ints(0)),
                layer.reshape(scores, 1, 1, -1),
                layer.add("Shape", scores),
                threshold,
                confidence);
        Value places = layer.add(
                "Gather", Attributes.of("axis", 1), kept, layer.graph().integer("place", 2));
        Value label = Boxes.toFloat(
                layer,
                layer.add(
                        "Add",
                        layer.add("Gather", labels, places),
                        layer.graph().integer("one", 1)));
        Value column = layer.ints(1);
        Value row = Boxes.join(
                layer,
                layer.add("Unsqueeze", label, column),
                layer.add("Unsqueeze", layer.add("Gather", scores, places), column),
                layer.add("Gather", corners, places));
        Value found = layer.add("Pad", row, layer.ints(0, 1, 0, 0), layer.scalar(0));
        Value whole =
                layer.add("Concat", Attributes.of("axis", 0), found, Boxes.placeholders(layer, places, layer.input(0)));
        return layer.add("Unsqueeze", whole, layer.ints(0, 1));
    }

    private Value joined(List<Value> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : layer.add("Concat", Attributes.of("axis", 0), parts.toArray(Value[]::new));
    }

    /**
     * The features with places, objectness and classes brought to parts of 1, then joined from {@code axis} to {@code end_axis}: classes
     * by softmax, or with the objectness each by itself. Source: OpenVINO's RegionYolo, as its Model Optimizer's regionyolo_ext.py reads
     * {@code region_yolo_param}.
     */
    static Value region(LoweringContext layer) {
        Parameters parameters = layer.parameters("region_yolo_param");
        Value x = layer.input(0);
        long coordinates = parameters.longOr("coords", 4);
        long classes = parameters.longOr("classes", 20);
        boolean softmax = parameters.boolOr("do_softmax", true);
        List<Long> mask = parameters.longs("mask");
        long boxes = softmax ? parameters.longOr("num", 1) : mask.size();
        parameters.has("anchors");
        parameters.has("num");
        long width = coordinates + 1 + classes;
        if (layer.rank(x) != 4 || boxes <= 0 || layer.size(x, 1) != boxes * width) {
            throw layer.malformed("bottom " + x.shape() + " has not " + boxes + " boxes of " + width + " channels");
        }
        Value split = layer.reshape(x, 0, boxes, width, layer.size(x, 2), layer.size(x, 3));
        long[] sizes =
                softmax ? new long[] {2, coordinates - 2, 1, classes} : new long[] {2, coordinates - 2, 1 + classes};
        List<Value> parts = new ArrayList<>(
                layer.graph().add("Split", sizes.length, Attributes.of("axis", 2), List.of(split, layer.ints(sizes))));
        parts.set(0, layer.add("Sigmoid", parts.get(0)));
        parts.set(2, layer.add("Sigmoid", parts.get(2)));
        if (softmax) {
            parts.set(3, layer.add("Softmax", Attributes.of("axis", 2), parts.get(3)));
        }
        Value joined = layer.add("Concat", Attributes.of("axis", 2), parts.toArray(Value[]::new));
        Value whole = layer.reshape(joined, 0, boxes * width, layer.size(x, 2), layer.size(x, 3));
        return Shapes.flatten(layer.withInputs(List.of(whole)));
    }
}
