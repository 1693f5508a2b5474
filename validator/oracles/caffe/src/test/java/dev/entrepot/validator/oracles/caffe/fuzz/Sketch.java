package dev.entrepot.validator.oracles.caffe.fuzz;

import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A net being drawn: its inputs, its layers, and the blobs that further layers may consume. */
final class Sketch {

    /** The source of all choices. */
    final Dice dice;

    private final boolean growing;
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();
    private final List<Layer> layers = new ArrayList<>();
    private final List<Blob> blobs = new ArrayList<>();
    private final Set<String> consumed = new HashSet<>();

    private Sketch(Dice dice, boolean growing) {
        this.dice = dice;
        this.growing = growing;
    }

    /** A sketch whose layers all get inputs of their own. */
    static Sketch ofSingleLayers(Dice dice) {
        return new Sketch(dice, false);
    }

    /** A sketch whose layers consume what others made, where it suits them. */
    static Sketch ofNet(Dice dice) {
        return new Sketch(dice, true);
    }

    /** Whether layers consume what others made; then their results should stay of moderate size. */
    boolean isNet() {
        return growing;
    }

    List<Layer> layers() {
        return layers;
    }

    Map<String, Tensor> inputs() {
        return inputs;
    }

    /** A new input. */
    Blob input(Values values, int... shape) {
        String name = "in" + inputs.size();
        inputs.put(name, values.fill(dice, shape));
        var blob = new Blob(name, shape, true);
        blobs.add(blob);
        return blob;
    }

    /** A blob of a rank in this range: one that is there already, or a new input. */
    Blob bottom(int minRank, int maxRank) {
        return bottom(blob -> blob.rank() >= minRank && blob.rank() <= maxRank, Values.NORMAL, minRank, maxRank);
    }

    /** A blob whose values may be sorted or compared with a threshold. */
    Blob exactBottom(Values values, int minRank, int maxRank) {
        return bottom(
                blob -> blob.exact() && blob.rank() >= minRank && blob.rank() <= maxRank, values, minRank, maxRank);
    }

    private Blob bottom(Predicate<Blob> suits, Values values, int minRank, int maxRank) {
        List<Blob> fitting = blobs.stream().filter(suits).toList();
        if (growing && !fitting.isEmpty() && dice.chance(95)) {
            return dice.oneOf(fitting);
        }
        return input(values, anyShape(dice.between(minRank, maxRank)));
    }

    /** Another blob of this shape: one that is there already, or a new input. */
    Blob alike(Blob other) {
        List<Blob> fitting = blobs.stream()
                .filter(blob -> Arrays.equals(blob.shape(), other.shape()))
                .toList();
        return growing && dice.chance(70) ? dice.oneOf(fitting) : input(Values.NORMAL, other.shape());
    }

    /** A small shape: few items, few channels, uneven sizes. */
    int[] anyShape(int rank) {
        int[] shape = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            shape[axis] = axis == 0 ? dice.between(1, 3) : axis == 1 ? dice.between(1, 6) : size(rank);
        }
        return shape;
    }

    private int size(int rank) {
        return rank > 4 ? dice.between(1, 5) : dice.chance(10) ? 1 : dice.between(2, 11);
    }

    /** Adds a layer; its tops come by {@link Layer}'s methods. */
    Layer layer(String type, Blob... bottoms) {
        String name = type.toLowerCase(Locale.ROOT) + layers.size();
        // Source: caffe net.cpp, AppendTop: a blob that is split cannot be written in place.
        boolean replaceable = bottoms.length > 0 && !consumed.contains(bottoms[0].name());
        var layer = new Layer(this, type, name, List.of(bottoms), replaceable);
        for (Blob bottom : bottoms) {
            consumed.add(bottom.name());
        }
        layers.add(layer);
        return layer;
    }

    /** The blob has been written in place: further layers see the new one only. */
    void replace(Blob old, Blob fresh) {
        retire(old);
        consumed.remove(old.name());
        blobs.add(fresh);
    }

    void add(Blob blob) {
        blobs.add(blob);
    }

    /** Takes a blob out of further use. */
    void retire(Blob blob) {
        blobs.removeIf(other -> other.name().equals(blob.name()));
    }
}
