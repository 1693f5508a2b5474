package dev.entrepot.traced.torch;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.WalkNotes;
import dev.entrepot.importers.torch.aten.ScalarTypes;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.operators.AtenTable;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.Sandbox;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.TracedFramework;
import org.graalvm.polyglot.Value;

/** PyTorch's source: every operator that it calls is one of ATen's. */
public final class TracedTorch implements TracedFramework {

    private final TorchGraph graph;

    /** A graph for the network that an expression makes. */
    public TracedTorch(SourceExpression expression) {
        this.graph = new TorchGraph(AtenTable::find, expression.expression(), SourceLocation.file(expression.file()));
    }

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public String module() {
        return "torch._trace";
    }

    @Override
    public void connect(Sandbox sandbox) {
        new TorchFunctions(graph, sandbox).connect();
    }

    @Override
    public DataType dataType(Value told) {
        return ScalarTypes.dataType(told.asLong()).orElse(DataType.UNDEFINED);
    }

    @Override
    public boolean isCounter(String name) {
        return name.endsWith("num_batches_tracked");
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
        graph.reserve(name);
    }

    @Override
    public void output(String name, Value held) {
        graph.output(name, held.asHostObject());
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
