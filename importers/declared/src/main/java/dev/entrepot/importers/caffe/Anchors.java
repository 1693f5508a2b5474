package dev.entrepot.importers.caffe;

import java.util.ArrayList;
import java.util.List;

/**
 * The boxes that a region proposal network looks at around each cell, in pixels: every ratio at every scale. Source:
 * rbgirshick/py-faster-rcnn generate_anchors.py.
 *
 * @param baseSize the side of the square that scales multiply
 * @param ratios heights over widths
 * @param scales factors of the base size
 * @param rounding how a side is brought to whole pixels
 */
record Anchors(long baseSize, List<Float> ratios, List<Float> scales, Rounding rounding) {

    /** How a side is brought to whole pixels. */
    enum Rounding {
        /** A half goes to the even neighbour, as in NumPy. */
        HALF_TO_EVEN,
        /** A half goes up, as in C by adding one half. */
        HALF_UP
    }

    /** How many there are. */
    int count() {
        return ratios.size() * scales.size();
    }

    /** xmin, ymin, xmax, ymax of each around the first cell; ratios outside, scales inside. */
    float[] values() {
        List<Float> values = new ArrayList<>();
        double centre = 0.5 * (baseSize - 1);
        for (float ratio : ratios) {
            double width = rounded(Math.sqrt((double) baseSize * baseSize / ratio));
            double height = rounded(width * ratio);
            for (float scale : scales) {
                double halfWidth = 0.5 * (width * scale - 1);
                double halfHeight = 0.5 * (height * scale - 1);
                values.add((float) (centre - halfWidth));
                values.add((float) (centre - halfHeight));
                values.add((float) (centre + halfWidth));
                values.add((float) (centre + halfHeight));
            }
        }
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    private double rounded(double side) {
        return rounding == Rounding.HALF_TO_EVEN ? Math.rint(side) : Math.floor(side + 0.5);
    }
}
