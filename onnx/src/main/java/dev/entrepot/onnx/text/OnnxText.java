package dev.entrepot.onnx.text;

import dev.entrepot.onnx.graph.Function;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Scope;
import java.util.List;

/**
 * Parses and prints ONNX's text syntax.
 *
 * <pre>{@code
 * <ir_version: 10, opset_import: ["" : 20]>
 * lenet (float[N,1,28,28] data) => (float[N,10] prob)
 * <float[10,784] weight = {...}>
 * {
 *     [flat] flat = Flatten <axis = 1> (data)
 *     score = Gemm <transB = 1> (flat, weight)
 *     prob = Softmax (score)
 * }
 * }</pre>
 *
 * <p>The syntax cannot say: metadata and doc strings of graphs and nodes, names of attributes, domains and operators that are no
 * identifiers, and NaNs of other bits than the usual. Float16, bfloat16 and smaller floats are written as the numbers that their bits are.
 * Source: docs/Syntax.md, onnx/defs/parser.cc and printer.cc.
 */
public final class OnnxText {

    private OnnxText() {}

    /**
     * Parses a model. Without a header it is a model of ours in the house opset.
     *
     * @throws dev.entrepot.bytes.ModelException if the text does not follow the syntax or contradicts itself
     */
    public static Model parse(String text) {
        return parse("text", text);
    }

    /**
     * Parses a model.
     *
     * @param file the name of the text, for messages
     * @throws dev.entrepot.bytes.ModelException if the text does not follow the syntax or contradicts itself
     */
    public static Model parse(String file, String text) {
        return ModelParser.model(new Cursor(file, text));
    }

    /**
     * Parses a graph.
     *
     * @throws dev.entrepot.bytes.ModelException if the text does not follow the syntax or contradicts itself
     */
    public static Graph parseGraph(String text) {
        Cursor cursor = new Cursor("text", text);
        Graph graph = GraphParser.graph(cursor, Scope.outermost());
        cursor.requireEnd();
        return graph;
    }

    /**
     * Parses nodes, without braces around them.
     *
     * @throws dev.entrepot.bytes.ModelException if the text does not follow the syntax or contradicts itself
     */
    public static List<Node> parseNodes(String text) {
        return GraphParser.bareNodes(new Cursor("text", text), Scope.outermost());
    }

    /**
     * Parses a model-local function.
     *
     * @throws dev.entrepot.bytes.ModelException if the text does not follow the syntax or contradicts itself
     */
    public static Function parseFunction(String text) {
        Cursor cursor = new Cursor("text", text);
        Function function = ModelParser.function(cursor);
        cursor.requireEnd();
        return function;
    }

    /** Prints a model with all elements of all tensors, which are read into memory one tensor at a time. */
    public static String print(Model model) {
        return print(model, Long.MAX_VALUE);
    }

    /**
     * Prints a model for reading: tensors of more than {@code mostElements} elements become {@code {...}}, which cannot be parsed again.
     */
    public static String print(Model model, long mostElements) {
        StringBuilder out = new StringBuilder();
        new ModelPrinter(out, mostElements).model(model);
        return out.toString();
    }

    /** Prints a graph with all elements of all tensors. */
    public static String print(Graph graph) {
        StringBuilder out = new StringBuilder();
        new ModelPrinter(out, Long.MAX_VALUE).graph(graph, 1);
        return out.toString();
    }

    /** Prints a node with all elements of all tensors. */
    public static String print(Node node) {
        StringBuilder out = new StringBuilder();
        new ModelPrinter(out, Long.MAX_VALUE).node(node, 0);
        return out.toString();
    }

    /** Prints a function with all elements of all tensors. */
    public static String print(Function function) {
        StringBuilder out = new StringBuilder();
        new ModelPrinter(out, Long.MAX_VALUE).function(function);
        return out.toString();
    }
}
