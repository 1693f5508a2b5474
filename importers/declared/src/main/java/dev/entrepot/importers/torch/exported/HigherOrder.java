package dev.entrepot.importers.torch.exported;

import dev.entrepot.formats.torch.exported.Argument;
import dev.entrepot.formats.torch.exported.Argument.AsGraph;
import dev.entrepot.formats.torch.exported.Graph;
import dev.entrepot.formats.torch.exported.NamedArgument;
import dev.entrepot.formats.torch.exported.Node;
import dev.entrepot.importers.torch.aten.Branch;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Operators over graphs: branches become If, loops become Loop, wrappers that only say how to run a graph are taken off. */
final class HigherOrder {

    private static final Set<String> WRAPPERS = Set.of(
            "wrap",
            "wrap_with_set_grad_enabled",
            "wrap_with_autocast",
            "wrap_activation_checkpoint",
            "tag_activation_checkpoint",
            "invoke_subgraph",
            "hints_wrapper",
            "strict_mode");

    private final TorchGraph graph;
    private int loops;

    HigherOrder(TorchGraph graph) {
        this.graph = graph;
    }

    /** The results as a list. */
    IValue call(Node node, Values values) {
        String operator = Targets.higherOrder(node.target());
        List<Argument> arguments =
                node.inputs().stream().map(NamedArgument::arg).toList();
        if (operator.equals("cond")) {
            return cond(arguments, values);
        } else if (operator.equals("while_loop")) {
            return whileLoop(arguments, values);
        } else if (WRAPPERS.contains(operator)) {
            return wrapped(operator, arguments, values);
        }
        throw graph.unsupported(operator, "this operator over graphs is not known here");
    }

    /** Source: torch/_higher_order_ops/wrap.py; torch/_export/passes/replace_set_grad_with_hop_pass.py. */
    private IValue wrapped(String operator, List<Argument> arguments, Values values) {
        List<IValue> operands = new ArrayList<>();
        Optional<Graph> body = Optional.empty();
        for (Argument argument : arguments) {
            if (argument instanceof AsGraph inner) {
                body = Optional.of(inner.graph());
            } else if (body.isPresent() && !(argument instanceof Argument.AsString)) {
                operands.addAll(flat(values.of(argument)));
            }
        }
        if (operator.equals("wrap_with_autocast") && arguments.contains(new Argument.AsBool(true))) {
            graph.approximation(operator, "is computed without the smaller element type of autocast");
        }
        Graph program = body.orElseThrow(() -> graph.malformed(operator, "has no graph"));
        return IValue.list(GraphWalk.inline(graph, this, program, operands));
    }

    /** {@code cond(pred, true_graph, false_graph, operands)}. Source: torch/_higher_order_ops/cond.py. */
    private IValue cond(List<Argument> arguments, Values values) {
        requireGraphs("cond", arguments, 1, 2);
        IValue predicate = values.of(arguments.get(0));
        List<IValue> operands = flat(values.of(arguments.get(3)));
        if (predicate instanceof TensorRef tensor) {
            predicate = graph.item(tensor.value());
        }
        if (predicate instanceof IValue.Broken) {
            return predicate;
        }
        if (predicate instanceof IValue.Bool known) {
            return IValue.list(GraphWalk.inline(graph, this, graphAt(arguments, known.value() ? 1 : 2), operands));
        }
        Value condition = graph.toValue(predicate, DataType.BOOL);
        Branch<List<IValue>> then = branch("then", graphAt(arguments, 1), operands);
        Branch<List<IValue>> otherwise = branch("else", graphAt(arguments, 2), operands);
        if (isBroken(then.result()) || isBroken(otherwise.result())) {
            return IValue.BROKEN;
        }
        Attributes branches = Attributes.NONE
                .with("then_branch", then.builder().build())
                .with("else_branch", otherwise.builder().build());
        return results(then.result(), graph.builder().add("If", then.result().size(), branches, List.of(condition)));
    }

    private Branch<List<IValue>> branch(String name, Graph program, List<IValue> operands) {
        return graph.branch(name, () -> {
            List<IValue> results = GraphWalk.inline(graph, this, program, operands);
            if (!isBroken(results)) {
                results.forEach(this::outputOfBranch);
            }
            return results;
        });
    }

    private void outputOfBranch(IValue value) {
        GraphBuilder inner = graph.builder();
        inner.output(inner.add("Identity", graph.toValue(value)));
    }

    /** {@code while_loop(cond_graph, body_graph, carried, additional)}. Source: torch/_higher_order_ops/while_loop.py. */
    private IValue whileLoop(List<Argument> arguments, Values values) {
        requireGraphs("while_loop", arguments, 0, 1);
        List<IValue> carried = flat(values.of(arguments.get(2)));
        List<IValue> additional = flat(values.of(arguments.get(3)));
        List<IValue> again = GraphWalk.inline(graph, this, graphAt(arguments, 0), joined(carried, additional));
        if (isBroken(again) || isBroken(carried)) {
            return IValue.BROKEN;
        }
        List<Value> inputs = new ArrayList<>(List.of(Value.NONE, graph.toValue(again.get(0), DataType.BOOL)));
        carried.forEach(value -> inputs.add(graph.toValue(value)));
        Branch<List<IValue>> body = graph.branch("body", () -> body(arguments, carried, additional));
        if (isBroken(body.result())) {
            return IValue.BROKEN;
        }
        Attributes attributes = Attributes.NONE.with("body", body.builder().build());
        return results(carried, graph.builder().add("Loop", carried.size(), attributes, inputs));
    }

    private List<IValue> body(List<Argument> arguments, List<IValue> carried, List<IValue> additional) {
        GraphBuilder inner = graph.builder();
        String prefix = "loop_" + loops++;
        inner.input(prefix + "_iteration", DataType.INT64, Shape.SCALAR);
        inner.input(prefix + "_condition", DataType.BOOL, Shape.SCALAR);
        List<IValue> states = new ArrayList<>();
        for (int i = 0; i < carried.size(); i++) {
            Value initial = graph.toValue(carried.get(i));
            Value state = inner.input(prefix + "_carried_" + i, initial.dataType(), initial.shape());
            states.add(like(carried.get(i), state));
        }
        List<IValue> next = GraphWalk.inline(graph, this, graphAt(arguments, 1), joined(states, additional));
        List<IValue> again =
                isBroken(next) ? next : GraphWalk.inline(graph, this, graphAt(arguments, 0), joined(next, additional));
        if (!isBroken(again)) {
            inner.output(inner.add("Identity", graph.toValue(again.get(0), DataType.BOOL)));
            next.forEach(this::outputOfBranch);
        }
        return isBroken(again) ? again : next;
    }

    private IValue results(List<IValue> likes, List<Value> made) {
        List<IValue> results = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            results.add(like(likes.get(i), made.get(i)));
        }
        return IValue.list(results);
    }

    /** A value of the graph as a tensor, or as a number where the program has one. */
    private IValue like(IValue example, Value value) {
        return example instanceof TensorRef ? graph.tensor(value) : graph.item(value);
    }

    private void requireGraphs(String operator, List<Argument> arguments, int... places) {
        for (int place : places) {
            if (arguments.size() != 4 || !(arguments.get(place) instanceof AsGraph)) {
                throw graph.malformed(operator, "should have a graph as argument " + place + " of 4");
            }
        }
    }

    private static Graph graphAt(List<Argument> arguments, int place) {
        return ((AsGraph) arguments.get(place)).graph();
    }

    private static List<IValue> flat(IValue value) {
        return value instanceof IValue.ListValue list ? List.copyOf(list.items()) : List.of(value);
    }

    private static List<IValue> joined(List<IValue> first, List<IValue> second) {
        List<IValue> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static boolean isBroken(List<IValue> values) {
        return values.stream().anyMatch(IValue.Broken.class::isInstance);
    }
}
