package dev.entrepot.validator.oracles.caffe.fuzz;

import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A layer of a sketched net, being drawn. */
final class Layer {

    private final Sketch sketch;
    private final String type;
    private final String name;
    private final List<Blob> bottoms;
    private final boolean replaceable;
    private final List<String> tops = new ArrayList<>();
    private final Message parameters = new Message();
    private final List<String> sharedNames = new ArrayList<>();
    private final List<Message> weights = new ArrayList<>();

    Layer(Sketch sketch, String type, String name, List<Blob> bottoms, boolean replaceable) {
        this.sketch = sketch;
        this.type = type;
        this.name = name;
        this.bottoms = bottoms;
        this.replaceable = replaceable;
    }

    /** The layer type's own parameters, such as {@code pooling_param}. */
    Layer with(String field, Message message) {
        parameters.nest(field, message);
        return this;
    }

    /** Names of the weights, by which another layer can share them. */
    Layer sharing(String... names) {
        sharedNames.addAll(List.of(names));
        return this;
    }

    /** A weight that no filler makes; it stands in the prototxt that genuine Caffe reads, and in no other. */
    Layer weight(Values values, int... shape) {
        Tensor tensor = values.fill(sketch.dice, shape);
        var blob = new Message().put("shape", new Message().all("dim", shape));
        for (float value : tensor.toFloats()) {
            blob.put("data", value);
        }
        weights.add(blob);
        return this;
    }

    /** A further top whose values are right within a tolerance. */
    Blob top(int... shape) {
        return top(false, shape);
    }

    /** A further top whose values are moved, not computed: as exact as all bottoms are. */
    Blob movedTop(int... shape) {
        return top(bottoms.stream().allMatch(Blob::exact), shape);
    }

    /** The only top: like the first bottom, and sometimes in its place. */
    Blob elementwiseTop() {
        return likeBottom(false);
    }

    /** The same where each value is exact when the bottom's is. */
    Blob exactElementwiseTop() {
        return likeBottom(bottoms.get(0).exact());
    }

    private Blob likeBottom(boolean exact) {
        Blob bottom = bottoms.get(0);
        if (!replaceable || !sketch.dice.chance(35)) {
            return top(exact, bottom.shape());
        }
        tops.add(bottom.name());
        var fresh = new Blob(bottom.name(), bottom.shape(), exact);
        sketch.replace(bottom, fresh);
        return fresh;
    }

    private Blob top(boolean exact, int... shape) {
        String blob = tops.isEmpty() ? name : name + "_" + tops.size();
        tops.add(blob);
        var top = new Blob(blob, shape, exact);
        sketch.add(top);
        return top;
    }

    String name() {
        return name;
    }

    List<String> tops() {
        return tops;
    }

    String type() {
        return type;
    }

    /**
     * The layer as {@code layer { type: "Pooling" }}.
     *
     * @param weighted with the weights that no filler makes
     */
    String modern(boolean weighted) {
        var message = new Message().text("name", name).text("type", type);
        connect(message);
        sharedNames.forEach(shared -> message.put("param", new Message().text("name", shared)));
        if (weighted) {
            weights.forEach(weight -> message.put("blobs", weight));
        }
        return "layer { " + join(message) + " }";
    }

    /** The layer as {@code layers { type: POOLING }}, where that generation has the type. */
    Optional<String> old() {
        String word = OldTypes.WORDS.get(type);
        if (word == null || !weights.isEmpty() || parameters.has("flatten_param")) {
            return Optional.empty();
        }
        var message = new Message().text("name", name).put("type", word);
        connect(message);
        sharedNames.forEach(shared -> message.text("param", shared));
        return Optional.of("layers { " + join(message) + " }");
    }

    private void connect(Message message) {
        bottoms.forEach(bottom -> message.text("bottom", bottom.name()));
        tops.forEach(top -> message.text("top", top));
    }

    private String join(Message message) {
        return (message + " " + parameters).strip();
    }

    @Override
    public String toString() {
        return type + Arrays.toString(tops.toArray());
    }
}
