package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Prior boxes: [N, C, H, W] of features and [N, 3, H', W'] of the image -> [1, 2, H * W * P * 4], where the first channel holds
 * xmin, ymin, xmax, ymax as parts of the image and the second their variances. They follow from sizes alone, so they become a constant.
 */
final class Priors {

    private static final float SAME_RATIO = 1e-6f;

    /** A box around a cell's centre, in pixels. */
    private record Box(float width, float height) {}

    /** What a grid of boxes is laid over: one axis of the features and of the image. */
    private record Axis(long cells, long pixels, float step) {}

    private Priors() {}

    /**
     * Boxes of every {@code min_size}, with {@code max_size} the one between the two, and of every aspect ratio. Sizes are cut to whole
     * pixels. Source: weiliu89/caffe (ssd) prior_box_layer.cpp.
     */
    static Value priorBox(LoweringContext layer) {
        Parameters parameters = layer.parameters("prior_box_param");
        List<Float> least = parameters.floats("min_size");
        List<Float> most = parameters.floats("max_size");
        if (least.isEmpty() || !most.isEmpty() && most.size() != least.size()) {
            throw layer.malformed("gives " + least.size() + " min_sizes and " + most.size()
                    + " max_sizes; at least one min_size, and no max_size or one for each is expected");
        }
        List<Float> ratios = ratios(parameters);
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < least.size(); i++) {
            if (least.get(i) <= 0 || !most.isEmpty() && most.get(i) <= least.get(i)) {
                throw layer.malformed("min_size " + least.get(i) + " must be above 0"
                        + (most.isEmpty() ? "" : " and max_size " + most.get(i) + " above it"));
            }
            int small = least.get(i).intValue();
            boxes.add(new Box(small, small));
            if (!most.isEmpty()) {
                float between = (float) Math.sqrt((double) small * most.get(i).intValue());
                boxes.add(new Box(between, between));
            }
            for (float ratio : ratios) {
                float root = (float) Math.sqrt(ratio);
                boxes.add(new Box(small * root, small / root));
            }
        }
        return grid(layer, parameters, boxes);
    }

    /** The aspect ratios beside 1, each followed by its inverse if {@code flip}. */
    private static List<Float> ratios(Parameters parameters) {
        boolean flip = parameters.boolOr("flip", true);
        List<Float> ratios = new ArrayList<>(List.of(1f));
        for (float ratio : parameters.floats("aspect_ratio")) {
            if (ratios.stream().noneMatch(known -> Math.abs(ratio - known) < SAME_RATIO)) {
                ratios.add(ratio);
                if (flip) {
                    ratios.add(1 / ratio);
                }
            }
        }
        return ratios.stream()
                .filter(ratio -> Math.abs(ratio - 1) >= SAME_RATIO)
                .toList();
    }

    /** Boxes of every pair of {@code width} and {@code height}. Source: openvinotoolkit/training_toolbox_caffe prior_box_clustered_layer.cpp. */
    static Value priorBoxClustered(LoweringContext layer) {
        Parameters parameters = layer.parameters("prior_box_param");
        parameters.has("flip");
        List<Float> widths = parameters.floats("width");
        List<Float> heights = parameters.floats("height");
        if (widths.isEmpty() || heights.size() != widths.size()) {
            throw layer.malformed("gives " + widths.size() + " widths and " + heights.size()
                    + " heights, at least one and as many of both are expected");
        }
        List<Box> boxes = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            boxes.add(new Box(widths.get(i), heights.get(i)));
        }
        return grid(layer, parameters, boxes);
    }

    private static Value grid(LoweringContext layer, Parameters parameters, List<Box> boxes) {
        Axis height = axis(layer, parameters, 'h');
        Axis width = axis(layer, parameters, 'w');
        float offset = parameters.floatOr("offset", 0.5f);
        boolean clip = parameters.boolOr("clip", false);
        float[] variances = variances(layer, parameters);
        long priors = Math.multiplyExact(Math.multiplyExact(height.cells, width.cells), boxes.size());
        float[] values = new float[Math.toIntExact(Math.multiplyExact(priors, 8L))];
        int i = 0;
        for (int row = 0; row < height.cells; row++) {
            for (int column = 0; column < width.cells; column++) {
                float centreX = (column + offset) * width.step;
                float centreY = (row + offset) * height.step;
                for (Box box : boxes) {
                    values[i++] = (float) ((centreX - box.width / 2.0) / width.pixels);
                    values[i++] = (float) ((centreY - box.height / 2.0) / height.pixels);
                    values[i++] = (float) ((centreX + box.width / 2.0) / width.pixels);
                    values[i++] = (float) ((centreY + box.height / 2.0) / height.pixels);
                }
            }
        }
        for (int k = 0; clip && k < i; k++) {
            values[k] = Math.min(Math.max(values[k], 0), 1);
        }
        for (int k = i; k < values.length; k++) {
            values[k] = variances[(k - i) % variances.length];
        }
        return layer.graph().constant("priors", Tensor.of(Shape.of(1, 2, priors * 4), values));
    }

    /** @param letter {@code h} or {@code w} */
    private static Axis axis(LoweringContext layer, Parameters parameters, char letter) {
        int axis = letter == 'h' ? 2 : 3;
        boolean hasBoth = parameters.has("img_h") || parameters.has("img_w");
        long given = hasBoth ? parameters.longOr("img_" + letter, 0) : parameters.longOr("img_size", 0);
        if (hasBoth && parameters.has("img_size")) {
            throw layer.malformed("gives img_size and img_h or img_w");
        }
        long pixels = given == 0 ? layer.size(layer.input(1), axis) : given;
        long cells = layer.size(layer.input(0), axis);
        boolean hasSteps = parameters.has("step_h") || parameters.has("step_w");
        if (hasSteps && parameters.has("step")) {
            throw layer.malformed("gives step and step_h or step_w");
        }
        float step = hasSteps ? parameters.floatOr("step_" + letter, 0) : parameters.floatOr("step", 0);
        return new Axis(cells, pixels, step == 0 ? (float) pixels / cells : step);
    }

    private static float[] variances(LoweringContext layer, Parameters parameters) {
        List<Float> given = parameters.floats("variance");
        if (given.isEmpty()) {
            return new float[] {0.1f};
        }
        if (given.size() != 1 && given.size() != 4 || given.stream().anyMatch(variance -> variance <= 0)) {
            throw layer.malformed("variance " + given + " must be one or four numbers above 0");
        }
        float[] variances = new float[given.size()];
        for (int i = 0; i < variances.length; i++) {
            variances[i] = given.get(i);
        }
        return variances;
    }
}
