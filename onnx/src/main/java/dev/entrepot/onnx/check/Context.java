package dev.entrepot.onnx.check;

import dev.entrepot.onnx.graph.Function;
import java.util.Map;
import java.util.Optional;

/**
 * What holds for all nodes of a graph or function.
 *
 * @param irVersion the version of the file format
 * @param imports the opset versions by domain
 * @param functions the model's functions
 * @param within the function whose body the nodes are, if they are one's
 * @param faults takes what is wrong
 */
record Context(
        long irVersion, Map<String, Long> imports, Functions functions, Optional<Function> within, Faults faults) {}
