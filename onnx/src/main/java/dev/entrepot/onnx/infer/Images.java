package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Operators that sample images. */
final class Images {

    private Images() {}

    /** Resize: to sizes, or by scales; of all axes or those in {@code axes}. In opset 10 the scales are the second input. */
    static void resize(Application node) {
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        List<Integer> axes = node.attributes().ints("axes").isPresent()
                ? Application.distinctAxes(node.intsOr("axes"), x.rank())
                : IntStream.range(0, x.rank()).boxed().toList();
        boolean hasSizes = node.has(3) && !Sizes.isZero(node.dim(3, 0));
        if (hasSizes) {
            resizeTo(node, axes);
            return;
        }
        int input = node.opset() < 11 ? 1 : 2;
        boolean cropped =
                node.attributes().stringOr("coordinate_transformation_mode", "").equals("tf_crop_and_resize");
        Optional<double[]> extents = cropped ? extents(node, axes.size()) : Optional.of(filled(axes.size(), 1));
        Optional<double[]> scales = node.reals(input);
        node.give(scaled(x, axes, scales, extents));
    }

    /** Upsample: by scales, an attribute in opset 7 and an input in 9. */
    static void upsample(Application node) {
        if (!node.ranked(0)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape x = node.shape(0);
        List<Integer> axes = IntStream.range(0, x.rank()).boxed().toList();
        Optional<double[]> scales = node.floats("scales").or(() -> node.reals(1));
        node.give(scaled(x, axes, scales, Optional.of(filled(x.rank(), 1))));
    }

    private static Shape scaled(Shape x, List<Integer> axes, Optional<double[]> scales, Optional<double[]> extents) {
        if (scales.isPresent() && scales.get().length != axes.size()) {
            throw Application.invalid("scales %s has not %s values", Arrays.toString(scales.get()), axes.size());
        }
        Shape y = x;
        for (int i = 0; i < axes.size(); i++) {
            Dim size = x.dim(axes.get(i));
            Dim scaled = scales.isPresent() && extents.isPresent()
                    ? scaled(size, scales.get()[i], extents.get()[i])
                    : Dim.UNKNOWN;
            y = y.with(axes.get(i), scaled);
        }
        return y;
    }

    private static Dim scaled(Dim size, double scale, double extent) {
        if (!(scale > 0)) {
            throw Application.invalid("scale %s is not positive", scale);
        }
        if (scale == 1 && extent == 1) {
            return size;
        }
        if (!size.isKnown()) {
            return Dim.UNKNOWN;
        }
        // In float32, as ONNX and ONNX Runtime do it.
        double scaled = Math.floor((float) size.size() * (float) extent * (float) scale);
        if (!(scaled >= 0 && scaled < 0x1p53)) {
            throw Application.invalid("size %s would become %s", size, scaled);
        }
        return Dim.of((long) scaled);
    }

    private static void resizeTo(Application node, List<Integer> axes) {
        Shape x = node.shape(0);
        Optional<Contents> sizes = node.contents(3);
        if (sizes.isPresent() && sizes.get().elements().size() != axes.size()) {
            throw Application.invalid(
                    "sizes has %s values, expected %s", sizes.get().elements().size(), axes.size());
        }
        List<Dim> wanted = sizes.map(known -> Shapes.sizes(known, "sizes").dims())
                .orElseGet(() -> Collections.nCopies(axes.size(), Dim.UNKNOWN));
        List<Dim> kept = switch (node.attributes().stringOr("keep_aspect_ratio_policy", "stretch")) {
            case "not_larger" -> inProportion(x, axes, wanted, Math::min);
            case "not_smaller" -> inProportion(x, axes, wanted, Math::max);
            default -> wanted;
        };
        Shape y = x;
        for (int i = 0; i < axes.size(); i++) {
            y = y.with(axes.get(i), kept.get(i));
        }
        node.give(y);
    }

    private static List<Dim> inProportion(Shape x, List<Integer> axes, List<Dim> wanted, DoubleBinaryOperator choose) {
        boolean known = wanted.stream().allMatch(Dim::isKnown)
                && axes.stream()
                        .allMatch(axis -> x.dim(axis).isKnown() && x.dim(axis).size() > 0);
        OptionalDouble scale = known
                ? IntStream.range(0, axes.size())
                        .mapToDouble(i -> (double) wanted.get(i).size()
                                / x.dim(axes.get(i)).size())
                        .reduce(choose)
                : OptionalDouble.empty();
        if (scale.isEmpty()) {
            return Collections.nCopies(axes.size(), Dim.UNKNOWN);
        }
        return axes.stream()
                .map(axis -> Dim.of(Math.round(scale.getAsDouble() * x.dim(axis).size())))
                .toList();
    }

    /** The part of each axis that the region of interest [starts..., ends...] covers. */
    private static Optional<double[]> extents(Application node, int count) {
        return node.reals(1)
                .filter(roi -> roi.length == 2 * count)
                .map(roi -> IntStream.range(0, count)
                        .mapToDouble(i -> (float) roi[i + count] - (float) roi[i])
                        .toArray());
    }

    private static double[] filled(int length, double value) {
        double[] values = new double[length];
        Arrays.fill(values, value);
        return values;
    }

    /** GridSample: X [N, C, D1, ...] and grid [N, O1, ..., dims] to [N, C, O1, ...]. */
    static void gridSample(Application node) {
        node.expectRankAtLeast(0, 3, "X");
        node.expectRankAtLeast(1, 3, "grid");
        if (!node.ranked(1)) {
            node.give(Shape.UNRANKED);
            return;
        }
        Shape grid = node.shape(1);
        node.expectRank(0, grid.rank(), "X");
        Sizes.same(grid.dim(-1), Dim.of(grid.rank() - 2), "the last size of grid and the number of spatial axes");
        Dim batch = Sizes.same(node.dim(0, 0), grid.dim(0), "batch sizes of X and grid");
        node.give(Shape.of(Stream.concat(
                        Stream.of(batch, node.dim(0, 1)), grid.dims().subList(1, grid.rank() - 1).stream())
                .toList()));
    }

    /** AffineGrid: theta [N, 2, 3] and size [N, C, H, W] to [N, H, W, 2]; with depth, 3 for 2. */
    static void affineGrid(Application node) {
        node.expectRank(0, 3, "theta");
        Shape size = Creation.shapeFrom(node, 1);
        if (!size.ranked()) {
            node.give(Shape.UNRANKED);
            return;
        }
        if (size.rank() != 4 && size.rank() != 5) {
            throw Application.invalid("size is %s, expected 4 or 5 sizes", size);
        }
        int spatial = size.rank() - 2;
        Dim batch = Sizes.same(node.dim(0, 0), size.dim(0), "batch sizes of theta and size");
        Stream<Dim> sizes = size.dims().subList(2, size.rank()).stream();
        node.give(Shape.of(Stream.of(Stream.of(batch), sizes, Stream.of(Dim.of(spatial)))
                .flatMap(dims -> dims)
                .toList()));
    }

    /** ImageDecoder: [height, width, channels], of unknown sizes. */
    static void imageDecoder(Application node) {
        node.expectRank(0, 1, "encoded_stream");
        boolean gray = node.attributes().stringOr("pixel_format", "RGB").equals("Grayscale");
        node.give(DataType.UINT8, Shape.ofRank(3).with(2, Dim.of(gray ? 1 : 3)));
    }
}
