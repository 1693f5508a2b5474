package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import java.util.List;

/** Infers the types of a node's outputs. */
public final class Inference {

    private Inference() {}

    /**
     * The node's outputs with their types, as far as they follow from its inputs. Contents that are learnt on the way are added to
     * {@code facts}. An operator without a rule leaves its outputs as they are.
     *
     * @throws InvalidNodeException if the node contradicts its operator
     */
    public static List<Value> infer(Node node, Facts facts) {
        Rules.Rule rule = node.domain().isEmpty() ? Rules.TABLE.get(node.op()) : null;
        if (rule == null) {
            return node.outputs();
        }
        var application = new Application(node, facts);
        try {
            rule.infer(application);
        } catch (ArithmeticException e) {
            throw new InvalidNodeException("a size does not fit 64 bits");
        }
        return List.copyOf(application.outputs());
    }
}
