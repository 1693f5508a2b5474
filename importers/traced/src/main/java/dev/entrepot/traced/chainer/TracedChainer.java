package dev.entrepot.traced.chainer;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.WalkNotes;
import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.ChainerGraph;
import dev.entrepot.importers.chainer.functions.FunctionTable;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.Sandbox;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.TracedFramework;
import org.graalvm.polyglot.Value;

/** Chainer's source: every function that it calls is one of {@code chainer.functions}. */
public final class TracedChainer implements TracedFramework {

    private final ChainerGraph graph;

    /** A graph for the network that an expression makes. */
    public TracedChainer(SourceExpression expression) {
        this.graph =
                new ChainerGraph(FunctionTable::find, expression.expression(), SourceLocation.file(expression.file()));
    }

    @Override
    public String name() {
        return "chainer";
    }

    @Override
    public String module() {
        return "chainer._trace";
    }

    @Override
    public void connect(Sandbox sandbox) {
        new ChainerFunctions(graph, sandbox).connect();
    }

    @Override
    public DataType dataType(Value told) {
        return ElementTypes.of(told.asString()).orElse(DataType.UNDEFINED);
    }

    /** BatchNormalization counts its batches. Source: chainer/links/normalization/batch_normalization.py. */
    @Override
    public boolean isCounter(String name) {
        return name.equals("N") || name.endsWith("/N");
    }

    @Override
    public Object input(String name, DataType type, Shape shape) {
        return graph.input(name, type, shape);
    }

    @Override
    public Object parameter(String name, Tensor tensor) {
        return graph.parameter(name, tensor);
    }

    @Override
    public void reserve(String name) {
        graph.builder().reserve(name);
    }

    @Override
    public void output(String name, Value held) {
        Object host = held.asHostObject();
        graph.output(
                name, host instanceof Argument broken ? broken : Argument.of((dev.entrepot.onnx.graph.Value) host));
    }

    @Override
    public WalkNotes notes() {
        return graph.notes();
    }

    @Override
    public Graph build() {
        return graph.build();
    }
}
