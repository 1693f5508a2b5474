package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators on strings. */
final class Texts {

    private Texts() {}

    /** StringConcat: both inputs broadcast together. */
    static void concat(Application node) {
        node.give(DataType.STRING, Sizes.broadcast(List.of(node.shape(0), node.shape(1))));
    }

    /** StringNormalizer: [C] or [1, C]; stop words fall out. */
    static void normalizer(Application node) {
        boolean drops = node.attributes().get("stopwords").orElse(null) instanceof Attribute.StringsValue words
                && !words.values().isEmpty();
        Shape x = node.shape(0);
        boolean changes = drops && x.ranked() && x.rank() > 0;
        node.give(DataType.STRING, changes ? x.with(-1, Dim.UNKNOWN) : x);
    }

    /** StringSplit: a new last axis as long as the most parts, and how many there are of each. */
    static void split(Application node) {
        Shape x = node.shape(0);
        List<Dim> dims = new ArrayList<>(x.dims());
        dims.add(Dim.UNKNOWN);
        node.give(0, DataType.STRING, x.ranked() ? Shape.of(dims) : x);
        node.give(1, DataType.INT64, x);
    }

    /** TfIdfVectorizer: [C] to [features], [N, C] to [N, features]. */
    static void tfIdfVectorizer(Application node) {
        long[] indexes = node.intsOr("ngram_indexes");
        if (indexes.length == 0 || Arrays.stream(indexes).anyMatch(index -> index < 0)) {
            throw Application.invalid(
                    "ngram_indexes %s must be at least one index, none negative", Arrays.toString(indexes));
        }
        Dim features = Dim.of(Math.addExact(Arrays.stream(indexes).max().orElseThrow(), 1));
        Shape x = node.shape(0);
        if (x.ranked() && (x.rank() == 0 || x.rank() > 2)) {
            throw Application.invalid("X has shape %s, expected one or two dimensions", x);
        }
        node.give(DataType.FLOAT, x.ranked() ? x.with(-1, features) : x);
    }
}
