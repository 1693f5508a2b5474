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

/**
 * Chainer's source: every function that it calls is one of {@code chainer.functions}.
 *
 * <p>What is run is {@code __call__} or {@code forward} of a link, or of a plain object that holds links; an expression that ends in a method,
 * such as {@code Net().predict}, has that method run. Modes of training ({@code train=True}, {@code test=False}, the attribute {@code train}) are
 * set to use. Names of outputs are the keys of a dictionary, or {@code output_0}, {@code output_1} and so on.
 *
 * <p>Parameters behind the first may be left without an input: those are labels. A network that gives a loss of labels is exported up to
 * what its losses are given: first what the last measure, such as {@code F.accuracy}, is given, or else the last loss; then, as {@code prob}, its
 * softmax or sigmoid, as the loss takes it; then what the other losses are given, in their order. It does not matter how losses are added up,
 * reported or kept. An input that a loss is given as its label is one, too, and no input of the model then.
 *
 * <p>A state that a recurrent link keeps is an input {@code PATH/h} and an output {@code PATH/h_next}, unless the source resets or sets it
 * before; the number 0 in place of the input makes every call the first.
 */
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
