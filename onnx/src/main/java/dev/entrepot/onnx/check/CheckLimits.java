package dev.entrepot.onnx.check;

/**
 * How much a model may make a runtime expand. ONNX Runtime's time to load a model doubles with every level of If, and it writes out every
 * call of a function; so a file of two kilobytes can keep it busy for ever.
 *
 * @param expandedNodes the nodes of all graphs when every function is written out where it is called
 * @param callDepth how deep functions may call each other
 * @param graphDepth how deep subgraphs may be nested when every function is written out where it is called
 * @param subgraphWeight the sum of 2^depth over all subgraphs when every function is written out where it is called
 * @param problems how many problems are reported before the search ends
 */
public record CheckLimits(long expandedNodes, int callDepth, int graphDepth, long subgraphWeight, int problems) {

    /** For a stranger's model. */
    public static final CheckLimits STRICT = new CheckLimits(100_000, 32, 8, 1 << 16, 1000);
}
