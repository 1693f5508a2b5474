package dev.entrepot.validator.oracles.caffe.cases;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of item, label, score and corners. */
final class Detections {

    private static final int ROW = 7;
    private static final int SCORE = 2;

    private Detections() {}

    /** The rows in an order of their own; rows of score 0, which fill up what OpenCV has room for, are left out. */
    static Tensor sorted(Tensor detections) {
        float[] rows = detections.toFloats();
        List<float[]> list = new ArrayList<>();
        for (int i = 0; i < rows.length; i += ROW) {
            if (rows[i + SCORE] != 0) {
                list.add(Arrays.copyOfRange(rows, i, i + ROW));
            }
        }
        list.sort(Arrays::compare);
        float[] joined = new float[list.size() * ROW];
        for (int i = 0; i < list.size(); i++) {
            System.arraycopy(list.get(i), 0, joined, i * ROW, ROW);
        }
        return Tensor.of(Shape.of(list.size(), ROW), joined);
    }
}
