package dev.entrepot.importers.caffe;

import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shapes that a net's inputs are given while it is lowered.
 *
 * <p>A Caffe net can be reshaped at run time, so the sizes in a prototxt are only the first ones. Here they become symbols where asked;
 * equal declared sizes of an axis get one symbol.
 */
final class InputShapes {

    /** Which axes are symbols. */
    private enum Freedom {
        BATCH_AND_SPACE,
        BATCH,
        NONE
    }

    private static final List<String> SPATIAL = List.of("D", "H", "W");

    private final CaffeNet net;
    private final ImportOptions options;
    private final Freedom freedom;
    private final Map<String, Dim> symbols = new HashMap<>();

    private InputShapes(CaffeNet net, ImportOptions options, Freedom freedom) {
        this.net = net;
        this.options = options;
        this.freedom = freedom;
    }

    /** The ways to begin, the freest first. */
    static List<InputShapes> attempts(CaffeNet net, ImportOptions options) {
        long inputs = net.layers().stream()
                .filter(layer -> layer.type().equals("Input"))
                .mapToLong(layer -> layer.tops().size())
                .sum();
        List<InputShapes> attempts = new ArrayList<>();
        for (Freedom freedom : Freedom.values()) {
            if (freedom != Freedom.BATCH_AND_SPACE || inputs == 1) {
                attempts.add(new InputShapes(net, options, freedom));
            }
        }
        return attempts;
    }

    /** The sizes as they are declared. */
    static InputShapes declared(CaffeNet net, ImportOptions options) {
        return new InputShapes(net, options, Freedom.NONE);
    }

    /** Whether every input is a layer of type Input that gives a shape. */
    static boolean declaresAllSizes(CaffeNet net) {
        return net.layers().stream()
                .filter(layer -> layer.bottoms().isEmpty())
                .allMatch(layer -> layer.type().equals("Parameter")
                        || layer.type().equals("DummyData")
                        || layer.type().equals("Input")
                                && layer.param("input_param").has("shape"));
    }

    /** Whether there is a next attempt with fewer symbols. */
    boolean canBeFixed() {
        return freedom != Freedom.NONE;
    }

    /** A warning when the batch size had to be fixed. */
    Optional<String> fixedBecause(String reason) {
        return freedom == Freedom.NONE ? Optional.of("the batch size is fixed: " + reason) : Optional.empty();
    }

    /** The shape of an input: what the caller says, else the declared shape with its symbols. */
    Shape of(String input, Shape declared) {
        return options.input(input).map(InputSpec::shape).orElseGet(() -> freed(input, declared));
    }

    /** How many channels a blob has, as far as the weights of a convolution that reads it tell. */
    Dim channels(String blob) {
        return net.layers().stream()
                .filter(layer ->
                        layer.type().equals("Convolution") && layer.bottoms().contains(blob))
                .filter(layer ->
                        !layer.blobs().isEmpty() && layer.blobs().get(0).shape().rank() == 4)
                .map(layer -> layer.blobs().get(0).shape().dim(1).size()
                        * layer.param("convolution_param").longOr("group", 1))
                .findFirst()
                .map(Dim::of)
                .orElse(Dim.UNKNOWN);
    }

    private Shape freed(String input, Shape declared) {
        if (freedom == Freedom.NONE || !declared.ranked() || declared.rank() < 2) {
            return declared;
        }
        int rank = declared.rank();
        List<Dim> dims = new ArrayList<>(declared.dims());
        dims.set(0, symbol("N", input, dims.get(0)));
        if (freedom == Freedom.BATCH_AND_SPACE && rank >= 3 && rank <= 5) {
            for (int axis = 2; axis < rank; axis++) {
                String letter = SPATIAL.get(SPATIAL.size() - rank + axis);
                dims.set(axis, symbol(letter, input, dims.get(axis)));
            }
        }
        return Shape.of(dims);
    }

    private Dim symbol(String letter, String input, Dim declared) {
        boolean isFirst = symbols.keySet().stream().noneMatch(key -> key.startsWith(letter + "="));
        return symbols.computeIfAbsent(letter + "=" + declared, key -> Dim.of(isFirst ? letter : letter + "_" + input));
    }
}
