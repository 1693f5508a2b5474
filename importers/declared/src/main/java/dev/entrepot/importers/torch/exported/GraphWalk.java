package dev.entrepot.importers.torch.exported;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.exported.Argument;
import dev.entrepot.formats.torch.exported.Graph;
import dev.entrepot.formats.torch.exported.ModuleFrame;
import dev.entrepot.formats.torch.exported.NamedArgument;
import dev.entrepot.formats.torch.exported.Node;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TorchGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls the operators of one graph's nodes in order. */
final class GraphWalk {

    private final TorchGraph graph;
    private final HigherOrder higherOrder;
    private final Graph program;
    private final Liveness liveness;
    private final Values values;
    private final MetaCheck check;
    private final String outerLayer;

    /** @param liveness which of the graph's nodes matter */
    GraphWalk(TorchGraph graph, HigherOrder higherOrder, Graph program, Liveness liveness, Values values) {
        this.graph = graph;
        this.higherOrder = higherOrder;
        this.program = program;
        this.liveness = liveness;
        this.values = values;
        this.check = new MetaCheck(graph, program);
        this.outerLayer = graph.layer();
    }

    /** A graph within another: its inputs are these, its outputs are returned. */
    static List<IValue> inline(TorchGraph graph, HigherOrder higherOrder, Graph program, List<IValue> operands) {
        Values values = new Values(graph);
        if (operands.size() != program.inputs().size()) {
            throw graph.malformed(
                    "graph", "takes " + program.inputs().size() + " values, is called with " + operands.size());
        }
        for (int i = 0; i < operands.size(); i++) {
            for (String name : program.inputs().get(i).mentions()) {
                values.put(name, operands.get(i));
            }
        }
        Liveness liveness = new Liveness(program);
        liveness.require(program.outputs().stream()
                .flatMap(output -> output.mentions().stream())
                .toList());
        new GraphWalk(graph, higherOrder, program, liveness, values).run();
        return program.outputs().stream().map(values::of).toList();
    }

    void run() {
        for (Node node : program.nodes()) {
            if (liveness.isNeeded(node)) {
                graph.layer(layer(node.moduleStack()));
                bind(node, result(node));
            }
        }
        graph.layer(outerLayer);
    }

    private String layer(List<ModuleFrame> stack) {
        return stack.isEmpty() ? outerLayer : stack.get(stack.size() - 1).path();
    }

    private IValue result(Node node) {
        try {
            return call(node);
        } catch (ModelException e) {
            graph.note(e);
            return IValue.BROKEN;
        }
    }

    private IValue call(Node node) {
        if (Targets.isHigherOrder(node.target())) {
            return higherOrder.call(node, values);
        }
        String operator = Targets.operator(node.target());
        if (Targets.isPython(node.target())) {
            return python(node, operator);
        }
        Map<String, IValue> arguments = new LinkedHashMap<>();
        for (NamedArgument input : node.inputs()) {
            arguments.put(input.name(), values.of(input.arg()));
        }
        return graph.callExact(operator, List.of(), arguments);
    }

    private IValue python(Node node, String operator) {
        List<IValue> operands =
                node.inputs().stream().map(input -> values.of(input.arg())).toList();
        if (operator.equals("torch.sym_sum") && operands.get(0) instanceof IValue.ListValue list) {
            return list.items().stream().reduce(IValue.of(0), (a, b) -> graph.call("aten::add", a, b));
        }
        if (operator.equals("torch.sym_ite") && operands.get(0) instanceof IValue.Bool condition) {
            return operands.get(condition.value() ? 1 : 2);
        }
        return graph.call(operator, operands, Map.of());
    }

    private void bind(Node node, IValue result) {
        List<Argument> outputs = node.outputs();
        boolean several = outputs.size() != 1 || Targets.isHigherOrder(node.target());
        List<IValue> results = result instanceof IValue.Broken || !several ? List.of(result) : items(result);
        for (int i = 0; i < outputs.size(); i++) {
            IValue value = result instanceof IValue.Broken || i >= results.size() ? IValue.BROKEN : results.get(i);
            bind(outputs.get(i), value);
        }
    }

    private void bind(Argument output, IValue value) {
        if (output instanceof Argument.AsTensors tensors && !(value instanceof IValue.Broken)) {
            List<IValue> items = items(value);
            for (int i = 0; i < tensors.names().size(); i++) {
                put(tensors.names().get(i), i < items.size() ? items.get(i) : IValue.BROKEN);
            }
        } else {
            output.mentions().forEach(name -> put(name, value));
        }
    }

    private void put(String name, IValue value) {
        values.put(name, check.checked(name, value));
    }

    private static List<IValue> items(IValue value) {
        if (value instanceof IValue.TupleValue tuple) {
            return tuple.items();
        }
        return value instanceof IValue.ListValue list ? new ArrayList<>(list.items()) : List.of(value);
    }
}
