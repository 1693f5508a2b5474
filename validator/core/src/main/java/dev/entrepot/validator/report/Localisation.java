package dev.entrepot.validator.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a model begins to differ from its source.
 *
 * @param method {@code scan}: all layers in one run; {@code linear}: one run for each layer; {@code none}: there was nothing to compare with
 * @param framework the source's framework, such as {@code Caffe}; empty if it is not known
 * @param set the reference's set whose inputs were used
 * @param runs how often a model was run for it
 * @param compared how many layers were compared
 * @param off how many of them are out of tolerance alone
 * @param suspectNodes the nodes that make the first bad value from values of the source
 * @param suspectSourceLayers the layers that these nodes come from, the first bad one first
 * @param text what was found, for people
 */
public record Localisation(
        String method,
        String framework,
        String set,
        int runs,
        int compared,
        int off,
        List<String> suspectNodes,
        List<String> suspectSourceLayers,
        String text) {

    public Localisation {
        suspectNodes = List.copyOf(suspectNodes);
        suspectSourceLayers = List.copyOf(suspectSourceLayers);
    }

    /**
     * A layer of the source beside its value in the model.
     *
     * @param onnxNode the name of the node that makes the value
     * @param op the node's operator
     * @param onnxValue the value
     * @param sourceLayer the layer's name
     * @param sourceType its type; empty if it is not known
     * @param inputsFromReference whether it was computed from the source's values of the layers before, so that it is judged alone
     * @param maxAbs how far it is off at most, alone; null where that cannot be said
     * @param errorOverBound the greatest share of what is allowed; above 1 is too far; null where that cannot be said
     * @param wholeErrorOverBound the same in the model as it is, where errors of earlier layers come in; null where it did not run
     * @param fault why it cannot be compared; empty where it can
     * @param pass whether it is within tolerance alone
     * @param firstBad whether it is the first that is not
     */
    public record Layer(
            String onnxNode,
            String op,
            String onnxValue,
            String sourceLayer,
            String sourceType,
            boolean inputsFromReference,
            @Nullable Double maxAbs,
            @Nullable Double errorOverBound,
            @Nullable Double wholeErrorOverBound,
            String fault,
            boolean pass,
            boolean firstBad) {

        /** {@code Caffe layer "pool5" (Pooling)}. */
        public String called(String framework) {
            String type = sourceType.isEmpty() ? "" : " (" + sourceType + ")";
            return (framework.isEmpty() ? "" : framework + " ") + "layer \"" + sourceLayer + "\"" + type;
        }
    }
}
