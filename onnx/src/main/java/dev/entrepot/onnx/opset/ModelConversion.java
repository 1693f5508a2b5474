package dev.entrepot.onnx.opset;

import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Attribute;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Origin;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.infer.Inference;
import dev.entrepot.onnx.infer.InvalidNodeException;
import dev.entrepot.onnx.schema.Operator;
import dev.entrepot.onnx.schema.Operators;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings one model from its opset to another, node by node in order, each by as many steps as its operator had versions in between. One of
 * both opsets is the house's, whose rules of inference tell the types on that side.
 */
final class ModelConversion {

    /** Below it, a graph's initializers are among its inputs but are no defaults that a caller could replace. */
    private static final long FIRST_IR_WITH_DEFAULTS = 4;

    private final String file;
    private final Model model;
    private final long from;
    private final long to;
    private final ValueNames names;
    private final Problems problems = new Problems();

    ModelConversion(String file, Model model, long to) {
        this.file = file;
        this.model = FunctionInlining.inline(file, model);
        this.from = model.opset();
        this.to = to;
        this.names = ValueNames.of(this.model.graph());
    }

    Model convert() {
        Graph graph = graph(model.graph(), null);
        problems.throwIfAny();
        Map<String, Long> imports = new LinkedHashMap<>(model.opsetImports());
        imports.put("", to);
        return new Model(
                model.irVersion(),
                imports,
                new DeadNodes(names, graph).removed(),
                model.functions(),
                model.producerName(),
                model.producerVersion(),
                model.domain(),
                model.modelVersion(),
                model.doc(),
                model.metadata());
    }

    /** Whether anything in the model uses the value of this name. */
    boolean isUsed(String value) {
        return names.isUsed(value);
    }

    /** A name that no value has, made from the wanted one. */
    String freshName(String wanted) {
        return names.fresh(wanted);
    }

    /**
     * Brings a node from an opset on the way to where the conversion goes, and adds what comes out.
     *
     * @throws NotExpressibleException if it means something that cannot be said there
     */
    void take(Node node, long opset, Block block) {
        if (!node.domain().isEmpty()) {
            emit(node, block);
            return;
        }
        Operator here = Operators.onnx()
                .find("", node.op(), opset)
                .orElseThrow(() -> new NotExpressibleException("opset " + opset + " has no such operator"));
        if (from < to) {
            up(node, here, opset, block);
        } else if (here.sinceVersion() <= to) {
            emit(fitting(node, here, block), block);
        } else {
            down(node, here, block);
        }
    }

    private void up(Node node, Operator here, long opset, Block block) {
        Optional<Operator> next = Operators.onnx().history("", node.op()).stream()
                .filter(version -> version.sinceVersion() > opset && version.sinceVersion() <= to)
                .findFirst();
        if (next.isEmpty() && !here.isDeprecated()) {
            emit(fitting(node, here, block), block);
            return;
        }
        Operator there = next.orElse(here);
        if (next.isEmpty() || there.isDeprecated()) {
            step(Steps.up(there), node, there.sinceVersion(), block, there + " is no longer allowed");
            return;
        }
        Step same = (any, onward) -> onward.finish(SchemaFit.attributes(any, here, there));
        step(Steps.up(there).or(() -> Optional.of(same)), node, there.sinceVersion(), block, "");
    }

    private void down(Node node, Operator here, Block block) {
        Optional<Operator> there = Operators.onnx().find("", node.op(), here.sinceVersion() - 1);
        Optional<Step> same = there.filter(older -> !older.isDeprecated())
                .map(older -> (any, onward) -> onward.finish(SchemaFit.attributes(any, here, older)));
        step(
                Steps.down(here).or(() -> same),
                node,
                here.sinceVersion() - 1,
                block,
                here.name() + " came with opset " + here.sinceVersion());
    }

    private void step(Optional<Step> step, Node node, long opset, Block block, String none) {
        step.orElseThrow(() -> new NotExpressibleException(none)).take(node, new Rewrite(this, block, node, opset));
    }

    private Node fitting(Node node, Operator operator, Block block) {
        SchemaFit.misfit(node.with(block.typed(node.inputs()), block.typed(node.outputs())), operator)
                .ifPresent(misfit -> {
                    throw new NotExpressibleException(misfit);
                });
        return node;
    }

    private void emit(Node node, Block block) {
        Node typed = node.with(block.typed(node.inputs()), node.outputs());
        infer(typed, to, block);
        block.nodes().add(typed.with(typed.inputs(), block.typed(node.outputs())));
    }

    /** Learns what the node's outputs are, if the rules of the house opset are true of it. */
    private static void infer(Node node, long opset, Block block) {
        node.outputs().forEach(block::learn);
        boolean isHouse = opset == Model.HOUSE_OPSET;
        Optional<Operator> house = Operators.onnx().find(node.domain(), node.op(), Model.HOUSE_OPSET);
        if (isHouse || house.isPresent() && SchemaFit.misfit(node, house.get()).isEmpty()) {
            try {
                Inference.infer(node, block.facts()).forEach(block::learn);
            } catch (InvalidNodeException e) {
                // What it makes stays as it is declared; the checker says what is wrong.
            }
        }
    }

    private Graph graph(Graph graph, @Nullable Block outer) {
        boolean initializersAreConstant = model.irVersion() < FIRST_IR_WITH_DEFAULTS;
        Block block = new Block(graph, outer, initializersAreConstant);
        for (int i = 0; i < graph.nodes().size(); i++) {
            node(graph.nodes().get(i), i, block);
        }
        Map<String, dev.entrepot.tensor.Tensor> initializers = new LinkedHashMap<>(graph.initializers());
        initializers.putAll(block.constants());
        return new Graph(
                graph.name(),
                initializersAreConstant ? withoutInitialized(graph) : graph.inputs(),
                graph.outputs(),
                block.nodes(),
                initializers,
                graph.doc(),
                graph.metadata());
    }

    private static List<Value> withoutInitialized(Graph graph) {
        return graph.inputs().stream()
                .filter(input -> !graph.initializers().containsKey(input.name()))
                .toList();
    }

    private void node(Node node, int index, Block block) {
        Node typed = node.with(block.typed(node.inputs()), block.typed(node.outputs()));
        if (from == Model.HOUSE_OPSET) {
            infer(typed, from, block);
        }
        try {
            take(withSubgraphs(typed, block), from, block);
        } catch (NotExpressibleException e) {
            problems.unsupported(where(node), what(node, index), e.reason());
            node.outputs().forEach(block::learn);
        }
    }

    private Node withSubgraphs(Node node, Block block) {
        Attributes attributes = node.attributes();
        for (var entry : node.attributes().values().entrySet()) {
            if (entry.getValue() instanceof Attribute.GraphValue subgraph) {
                attributes = attributes.with(entry.getKey(), graph(subgraph.value(), block));
            } else if (entry.getValue() instanceof Attribute.GraphsValue subgraphs) {
                List<Graph> converted = new ArrayList<>();
                subgraphs.values().forEach(subgraph -> converted.add(graph(subgraph, block)));
                attributes = attributes.with(entry.getKey(), new Attribute.GraphsValue(converted));
            }
        }
        return node.with(attributes);
    }

    private SourceLocation where(Node node) {
        Origin origin = node.origin();
        return SourceLocation.file(origin.file().isEmpty() ? file : origin.file());
    }

    private String what(Node node, int index) {
        String called = node.name().isEmpty() ? "node " + index : "node \"" + node.name() + "\"";
        String part = called + " (" + node.op() + ") in opset " + to;
        Origin origin = node.origin();
        return origin.layer().isEmpty() ? part : "layer \"" + origin.layer() + "\" (" + origin.type() + "), " + part;
    }
}
