package dev.entrepot.validator.oracles.libtorch.fuzz;

import static dev.entrepot.validator.oracles.libtorch.fuzz.Sketch.list;
import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Map;

/** Pooling over one to three spatial axes. */
final class PoolingDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("adaptive_avg_pool1d", s -> adaptive(s, "adaptive_avg_pool1d", 1)),
            entry("adaptive_avg_pool2d", s -> adaptive(s, "adaptive_avg_pool2d", 2)),
            entry("adaptive_avg_pool3d", s -> adaptive(s, "adaptive_avg_pool3d", 3)),
            entry("_adaptive_avg_pool2d", s -> adaptive(s, "_adaptive_avg_pool2d", 2)),
            entry("_adaptive_avg_pool3d", s -> adaptive(s, "_adaptive_avg_pool3d", 3)),
            entry("adaptive_max_pool1d", s -> adaptive(s.notHalf(), "adaptive_max_pool1d", 1)),
            entry("adaptive_max_pool2d", s -> adaptive(s.notHalf(), "adaptive_max_pool2d", 2)),
            entry("adaptive_max_pool3d", s -> adaptive(s.notHalf(), "adaptive_max_pool3d", 3)),
            entry("avg_pool1d", s -> average(s, 1)),
            entry("avg_pool2d", s -> average(s, 2)),
            entry("avg_pool3d", s -> average(s, 3)),
            entry("max_pool1d", s -> maximum(s, "max_pool1d", 1)),
            entry("max_pool1d_with_indices", s -> maximum(s, "max_pool1d_with_indices", 1)),
            entry("max_pool2d", s -> maximum(s, "max_pool2d", 2)),
            entry("max_pool2d_with_indices", s -> maximum(s, "max_pool2d_with_indices", 2)),
            entry("max_pool3d", s -> maximum(s, "max_pool3d", 3)),
            entry("max_pool3d_with_indices", s -> maximum(s, "max_pool3d_with_indices", 3)));

    private PoolingDraws() {}

    private static String image(Sketch s, long[] spatial) {
        long[] front = s.dice().chance(15)
                ? new long[] {2}
                : new long[] {s.dice().between(1, 2), s.dice().between(1, 3)};
        return s.input(Sketch.shape(front, spatial));
    }

    private static String adaptive(Sketch s, String name, int rank) {
        s.notHalf();
        long[] spatial = s.sizes(rank, 1, 7);
        long[] wanted = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            // Divisors first: others have no operator in ONNX.
            int out = s.dice().between(1, (int) spatial[axis] + 1);
            wanted[axis] = s.dice().chance(60) ? (spatial[axis] % out == 0 ? out : 1) : out;
        }
        return "torch." + name + "(" + image(s, spatial) + ", " + list(wanted) + ")";
    }

    /** Kernel, stride (perhaps left out), padding. */
    private record Window(long[] kernel, String stride, long[] padding, long[] spatial, long[] dilation) {
        static Window draw(Sketch s, int rank, boolean mayDilate) {
            long[] kernel = s.sizes(rank, 1, 4);
            long[] dilation = mayDilate && s.dice().chance(30) ? s.sizes(rank, 1, 2) : s.sizes(rank, 1, 1);
            long[] padding = new long[rank];
            long[] spatial = s.sizes(rank, 0, rank == 3 ? 3 : 6);
            boolean isPadded = s.dice().chance(50);
            for (int axis = 0; axis < rank; axis++) {
                padding[axis] = isPadded ? s.dice().between(0, (int) kernel[axis] / 2) : 0;
                spatial[axis] += dilation[axis] * (kernel[axis] - 1) + 1;
            }
            String stride = s.dice().chance(20) ? "[]" : list(s.sizes(rank, 1, 3));
            return new Window(kernel, stride, padding, spatial, dilation);
        }
    }

    private static String average(Sketch s, int rank) {
        s.notHalf();
        Window w = Window.draw(s, rank, false);
        String divisor = rank > 1 && s.dice().chance(20) ? ", " + s.dice().between(1, 9) : "";
        String x = image(s, w.spatial());
        return s.dice().chance(20)
                ? "torch.avg_pool%dd(%s, %s, %s)".formatted(rank, x, list(w.kernel()), w.stride())
                : "torch.avg_pool%dd(%s, %s, %s, %s, %s, %s%s)"
                        .formatted(
                                rank, x, list(w.kernel()), w.stride(), list(w.padding()), s.flag(), s.flag(), divisor);
    }

    private static String maximum(Sketch s, String name, int rank) {
        s.notHalf();
        Window w = Window.draw(s, rank, true);
        boolean isWhole = !name.endsWith("indices") && s.dice().chance(5);
        String x = isWhole
                ? s.of(DataType.INT64).input(Values.WIDE, Sketch.shape(new long[] {1, 2}, w.spatial()))
                : image(s, w.spatial());
        return "torch.%s(%s, %s, %s, %s, %s, %s)"
                .formatted(name, x, list(w.kernel()), w.stride(), list(w.padding()), list(w.dilation()), s.flag());
    }
}
