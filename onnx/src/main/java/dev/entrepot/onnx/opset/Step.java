package dev.entrepot.onnx.opset;

import dev.entrepot.onnx.graph.Node;

/** How a node gets across one version of its operator, up or down. */
@FunctionalInterface
interface Step {

    /**
     * Says the same on the other side.
     *
     * @param node the node as this side has it
     * @param to takes what says the same on the other side, {@link Rewrite#finish} last
     * @throws NotExpressibleException if nothing does
     */
    void take(Node node, Rewrite to);
}
