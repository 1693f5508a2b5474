package dev.entrepot.onnx.check;

import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.onnx.infer.Facts;
import dev.entrepot.onnx.infer.Inference;
import dev.entrepot.onnx.infer.InvalidNodeException;
import dev.entrepot.onnx.schema.Operators;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether what the model declares follows from its nodes. Only nodes of the main graph whose operators are as in the house opset are
 * looked at: the rules of inference are written for that one.
 */
final class InferenceCheck {

    private final Model model;
    private final Faults faults;
    private final Facts facts = new Facts();
    private final Map<String, ValueType> types = new HashMap<>();
    private final Set<String> reported = new HashSet<>();

    InferenceCheck(Model model, Faults faults) {
        this.model = model;
        this.faults = faults;
    }

    void check(Site site) {
        Graph graph = model.graph();
        Site graphSite = site.in("graph \"" + graph.name() + "\"");
        graph.initializers().forEach((name, tensor) -> {
            types.put(name, ValueType.tensor(tensor.type(), tensor.shape()));
            facts.constant(name, tensor);
        });
        for (Value input : graph.inputs()) {
            if (graph.initializers().containsKey(input.name())) {
                contradiction(graphSite.in("input \"" + input.name() + "\""), input, "its default");
            }
            types.put(input.name(), input.type());
        }
        for (int i = 0; i < graph.nodes().size(); i++) {
            Node node = graph.nodes().get(i);
            node(node, graphSite.node(node, i));
        }
        for (Value output : graph.outputs()) {
            contradiction(graphSite.in("output \"" + output.name() + "\""), output, "what is made");
        }
    }

    private void node(Node node, Site site) {
        List<Value> inputs = new ArrayList<>();
        node.inputs().forEach(input -> inputs.add(input.withType(types.getOrDefault(input.name(), input.type()))));
        List<Value> untyped = node.outputs().stream()
                .map(output -> output.withType(ValueType.UNKNOWN))
                .toList();
        List<Value> inferred = untyped;
        if (isAsInHouse(node)) {
            try {
                inferred = Inference.infer(node.with(inputs, untyped), facts);
            } catch (InvalidNodeException e) {
                faults.malformed(site, e.reason());
            }
        }
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < inferred.size(); i++) {
            Value declared = node.outputs().get(i);
            types.put(declared.name(), inferred.get(i).type());
            contradiction(site.in("output \"" + declared.name() + "\""), declared, "what the node makes");
            types.put(declared.name(), refined(inferred.get(i).type(), declared.type()));
            outputs.add(declared.withType(refined(inferred.get(i).type(), declared.type())));
        }
        Operators.onnx()
                .find(node.domain(), node.op(), model.opset())
                .ifPresent(operator -> new TypeCheck(node.with(inputs, outputs), operator, site, faults).check());
    }

    /** What was inferred, and where nothing was what is declared. */
    private static ValueType refined(ValueType inferred, ValueType declared) {
        if (inferred instanceof ValueType.TensorType tensor && declared instanceof ValueType.TensorType other) {
            return ValueType.tensor(
                    tensor.type() == DataType.UNDEFINED ? other.type() : tensor.type(),
                    tensor.shape().ranked() ? tensor.shape() : other.shape());
        }
        return inferred.equals(ValueType.UNKNOWN) ? declared : inferred;
    }

    private boolean isAsInHouse(Node node) {
        return Operators.onnx()
                .find(node.domain(), node.op(), model.opset())
                .equals(Operators.onnx().find(node.domain(), node.op(), Model.HOUSE_OPSET));
    }

    private void contradiction(Site site, Value declared, String made) {
        ValueType found = types.getOrDefault(declared.name(), ValueType.UNKNOWN);
        if (declared.type() instanceof ValueType.TensorType expected
                && found instanceof ValueType.TensorType actual
                && (differ(expected.type(), actual.type()) || differ(expected.shape(), actual.shape()))
                && reported.add(declared.name())) {
            faults.malformed(site, "is declared as " + expected + ", but " + made + " is " + actual);
        }
    }

    private static boolean differ(DataType a, DataType b) {
        return a != b && a != DataType.UNDEFINED && b != DataType.UNDEFINED;
    }

    private static boolean differ(Shape a, Shape b) {
        if (!a.ranked() || !b.ranked()) {
            return false;
        }
        if (a.rank() != b.rank()) {
            return true;
        }
        for (int axis = 0; axis < a.rank(); axis++) {
            if (differ(a.dim(axis), b.dim(axis))) {
                return true;
            }
        }
        return false;
    }

    private static boolean differ(Dim a, Dim b) {
        return a.isKnown() && b.isKnown() && a.size() != b.size();
    }
}
