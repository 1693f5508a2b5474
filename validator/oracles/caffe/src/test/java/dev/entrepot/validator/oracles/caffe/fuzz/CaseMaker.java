package dev.entrepot.validator.oracles.caffe.fuzz;

import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes cases out of seeds. */
final class CaseMaker {

    /** The kind of cases that are nets of several layers. */
    static final String NET = "net";

    /** The kind of cases that have one pooling layer, of more sizes than {@code Pooling} has; half of them average. */
    static final String POOLING_RANGES = "pooling ranges";

    private CaseMaker() {}

    /** Follows the name of a kind whose cases may be wrong: one thing in them is changed. */
    static final String MUTATED = " mutated";

    /** One layer of this type, or a small net. */
    static FuzzCase make(String kind, long seed) {
        if (kind.endsWith(MUTATED)) {
            String sound = kind.substring(0, kind.length() - MUTATED.length());
            FuzzCase drawn = make(sound, seed);
            // Weights that stand in the net would have to be changed along with it.
            return drawn.prototxt().equals(drawn.weightedPrototxt())
                    ? Mutation.of(drawn, new Dice(seed * 31 + kind.hashCode()))
                    : drawn;
        }
        var dice = new Dice(seed * 1_000_003 + kind.hashCode());
        Sketch sketch = kind.equals(NET) ? net(dice) : single(dice, kind, seed);
        return new FuzzCase(
                kind,
                seed,
                sketch.layers().stream().map(Layer::type).toList(),
                text(sketch, new Dice(seed), false),
                text(sketch, new Dice(seed), true),
                sketch.inputs(),
                lastWriters(sketch));
    }

    private static Map<String, String> lastWriters(Sketch sketch) {
        var writers = new HashMap<String, String>();
        for (Layer layer : sketch.layers()) {
            layer.tops().stream().filter(sketch.inputs()::containsKey).forEach(top -> writers.put(top, layer.name()));
        }
        return writers;
    }

    private static Sketch single(Dice dice, String type, long seed) {
        var sketch = Sketch.ofSingleLayers(dice);
        if (type.equals(POOLING_RANGES)) {
            PoolingLayers.ofRanges(sketch, seed % 2 == 0 ? "MAX" : "AVE");
            return sketch;
        }
        Objects.requireNonNull(LayerKinds.TABLE.get(type), type).draw(sketch);
        return sketch;
    }

    private static Sketch net(Dice dice) {
        var sketch = Sketch.ofNet(dice);
        sketch.input(Values.NORMAL, sketch.anyShape(dice.chance(80) ? 4 : dice.between(1, 5)));
        for (int layers = dice.between(2, 6); layers > 0; layers--) {
            Objects.requireNonNull(LayerKinds.TABLE.get(dice.oneOf(LayerKinds.FOR_NETS)))
                    .draw(sketch);
        }
        sketch.layers().stream().filter(layer -> dice.chance(10)).forEach(layer -> rule(dice, layer));
        return sketch;
    }

    /** A rule that the state of these nets meets: phase TEST, level 0, no stage. */
    private static void rule(Dice dice, Layer layer) {
        switch (dice.between(0, 4)) {
            case 0 -> layer.with("include", new Message().put("phase", "TEST"));
            case 1 -> layer.with("exclude", new Message().put("phase", "TRAIN"));
            case 2 -> layer.with("include", new Message().put("min_level", 0).put("max_level", 0));
            case 3 -> layer.with("exclude", new Message().text("stage", "deploy"));
            default ->
                layer.with("include", new Message().text("stage", "deploy"))
                        .with("include", new Message().text("not_stage", "deploy"));
        }
    }

    /** The net in one of the generations of the format; which one does not depend on {@code weighted}. */
    private static String text(Sketch sketch, Dice dice, boolean weighted) {
        boolean legacyInputs = dice.chance(40);
        List<Optional<String>> old = sketch.layers().stream().map(Layer::old).toList();
        boolean oldLayers = legacyInputs && dice.chance(50) && old.stream().allMatch(Optional::isPresent);
        Stream<String> layers = oldLayers
                ? old.stream().map(Optional::get)
                : sketch.layers().stream().map(layer -> layer.modern(weighted));
        Stream<String> inputs = legacyInputs ? legacyInputs(sketch).stream() : inputLayers(sketch).stream();
        Stream<String> absent = dice.chance(15) ? Stream.of(absent(sketch, oldLayers)) : Stream.empty();
        return Stream.of(inputs, layers, absent).flatMap(lines -> lines).collect(Collectors.joining("\n", "", "\n"));
    }

    /** A layer that only training has. */
    private static String absent(Sketch sketch, boolean old) {
        String type = old ? "layers { name: \"absent\" type: SILENCE" : "layer { name: \"absent\" type: \"Silence\"";
        return type + " bottom: \"" + sketch.inputs().keySet().iterator().next() + "\" include { phase: TRAIN } }";
    }

    private static List<String> inputLayers(Sketch sketch) {
        var lines = new ArrayList<String>();
        sketch.inputs()
                .forEach((name, tensor) -> lines.add("layer { name: \"" + name + "\" type: \"Input\" top: \"" + name
                        + "\" input_param { shape { " + dims("dim", tensor) + " } } }"));
        return lines;
    }

    private static List<String> legacyInputs(Sketch sketch) {
        var lines = new ArrayList<String>();
        boolean planar = sketch.inputs().values().stream()
                .allMatch(tensor -> tensor.shape().rank() == 4);
        sketch.inputs()
                .forEach((name, tensor) -> lines.add("input: \"" + name + "\" "
                        + (planar ? dims("input_dim", tensor) : "input_shape { " + dims("dim", tensor) + " }")));
        return lines;
    }

    private static String dims(String word, Tensor tensor) {
        return Arrays.stream(tensor.shape().sizes())
                .mapToObj(size -> word + ": " + size)
                .collect(Collectors.joining(" "));
    }
}
