package dev.entrepot.validator.oracles.libtorch.fuzz;

import static dev.entrepot.validator.oracles.libtorch.fuzz.Sketch.list;
import static java.util.Map.entry;

import dev.entrepot.tensor.DataType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Interpolation by size or by scale, and sampling at given places. */
final class ResizeDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("_upsample_bicubic2d_aa", s -> aligned(s, "_upsample_bicubic2d_aa", 2)),
            entry("_upsample_bilinear2d_aa", s -> aligned(s, "_upsample_bilinear2d_aa", 2)),
            entry("_upsample_nearest_exact1d", s -> nearest(s, "_upsample_nearest_exact1d", 1)),
            entry("_upsample_nearest_exact2d", s -> nearest(s, "_upsample_nearest_exact2d", 2)),
            entry("_upsample_nearest_exact3d", s -> nearest(s, "_upsample_nearest_exact3d", 3)),
            entry(
                    "affine_grid_generator",
                    s -> "torch.affine_grid_generator(" + s.notHalf().input(2, 2, 3) + ", [2, 3, 4, 5], " + s.flag()
                            + ")"),
            entry("grid_sampler", s -> sampled(s, "grid_sampler")),
            entry("grid_sampler_2d", s -> sampled(s, "grid_sampler_2d")),
            entry("upsample_bicubic2d", s -> aligned(s, "upsample_bicubic2d", 2)),
            entry("upsample_bilinear2d", s -> aligned(s, "upsample_bilinear2d", 2)),
            entry("upsample_linear1d", s -> aligned(s, "upsample_linear1d", 1)),
            entry("upsample_nearest1d", s -> nearest(s, "upsample_nearest1d", 1)),
            entry("upsample_nearest2d", s -> nearest(s, "upsample_nearest2d", 2)),
            entry("upsample_nearest3d", s -> nearest(s, "upsample_nearest3d", 3)),
            entry("upsample_trilinear3d", s -> aligned(s, "upsample_trilinear3d", 3)));

    private ResizeDraws() {}

    private static String image(Sketch s, int rank) {
        return s.of(DataType.FLOAT).input(Sketch.shape(new long[] {2, s.dice().between(1, 3)}, s.sizes(rank, 2, 6)));
    }

    private static String scales(Sketch s, int rank) {
        return IntStream.range(0, rank)
                .mapToObj(axis -> s.dice().oneOf("2.0", "0.5", "1.5", "3.0", "0.75", "1.7"))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Sizes, or scales, as the {@code vec} overload takes them; or sizes and scales apart. */
    private static String nearest(Sketch s, String name, int rank) {
        String x = image(s, rank);
        return switch (s.dice().between(0, 2)) {
            case 0 -> "torch." + name + "(" + x + ", None, " + scales(s, rank) + ")";
            case 1 -> "torch." + name + "(" + x + ", " + list(s.sizes(rank, 1, 9)) + ", None)";
            default -> "torch." + name + "(" + x + ", " + list(s.sizes(rank, 1, 9)) + nones(rank) + ")";
        };
    }

    private static String aligned(Sketch s, String name, int rank) {
        String x = image(s, rank);
        return switch (s.dice().between(0, 2)) {
            case 0 -> "torch." + name + "(" + x + ", None, " + s.flag() + ", " + scales(s, rank) + ")";
            case 1 -> "torch." + name + "(" + x + ", " + list(s.sizes(rank, 1, 9)) + ", " + s.flag() + ", None)";
            default ->
                "torch." + name + "(" + x + ", " + list(s.sizes(rank, 1, 9)) + ", " + s.flag() + nones(rank) + ")";
        };
    }

    private static String nones(int rank) {
        return Arrays.stream(new int[rank]).mapToObj(axis -> ", None").collect(Collectors.joining());
    }

    private static String sampled(Sketch s, String name) {
        s.of(DataType.FLOAT);
        String x = s.input(2, 3, 4, 5);
        String grid = s.input(Values.uniform(-1.3, 1.3), 2, 3, 3, 2);
        boolean isVolume = name.equals("grid_sampler") && s.dice().chance(20);
        if (isVolume) {
            x = s.input(1, 2, 3, 4, 3);
            grid = s.input(Values.uniform(-1.3, 1.3), 1, 2, 3, 2, 3);
        }
        return "torch.%s(%s, %s, %d, %d, %s)"
                .formatted(
                        name,
                        x,
                        grid,
                        s.dice().between(0, isVolume ? 1 : 2),
                        s.dice().between(0, 2),
                        s.flag());
    }
}
