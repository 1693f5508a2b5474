package dev.entrepot.onnx.check;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.graph.Origin;

/**
 * A place in a model, in words that its author knows.
 *
 * @param where the file
 * @param what the graph, function or node
 */
record Site(SourceLocation where, String what) {

    /** Something within this place. */
    Site in(String part) {
        return new Site(where, what + ", " + part);
    }

    /** A node of the graph or function here; by its origin, if it has one. */
    Site node(Node node, int index) {
        String called = node.name().isEmpty() ? "node " + index : "node \"" + node.name() + "\"";
        String part = called + " (" + operator(node) + ")";
        Origin origin = node.origin();
        if (origin.file().isEmpty()) {
            return in(part);
        }
        String layer = "layer \"" + origin.layer() + "\" (" + origin.type() + ")";
        return new Site(SourceLocation.file(origin.file()), layer + ", " + part);
    }

    /** {@code Conv}, {@code com.example.Op} or {@code com.example.Op:overload}. */
    static String operator(Node node) {
        String domain = node.domain().isEmpty() ? "" : node.domain() + ".";
        String overload = node.overload().isEmpty() ? "" : ":" + node.overload();
        return domain + node.op() + overload;
    }
}
