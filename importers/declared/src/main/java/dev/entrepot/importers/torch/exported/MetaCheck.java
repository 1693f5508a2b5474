package dev.entrepot.importers.torch.exported;

import dev.entrepot.formats.torch.exported.Graph;
import dev.entrepot.formats.torch.exported.SymValue;
import dev.entrepot.formats.torch.exported.TensorMeta;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;

/** Compares what comes out of operators with what PyTorch recorded: a tensor of another type or shape would be a wrong model. */
final class MetaCheck {

    private final TorchGraph graph;
    private final Graph program;

    MetaCheck(TorchGraph graph, Graph program) {
        this.graph = graph;
        this.program = program;
    }

    /** The value; broken, with a note, if it contradicts the record of this name. */
    IValue checked(String name, IValue value) {
        TensorMeta meta = program.tensorValues().get(name);
        if (meta == null || !(value instanceof TensorRef tensor) || agrees(meta, tensor)) {
            return value;
        }
        graph.note(graph.unsupported(
                "tensor \"" + name + "\"",
                "comes out as " + tensor.dataType().numpyName() + tensor.shape() + ", where PyTorch recorded " + meta));
        return IValue.BROKEN;
    }

    private static boolean agrees(TensorMeta meta, TensorRef tensor) {
        Shape shape = tensor.shape();
        if (meta.dtype().dataType() != DataType.UNDEFINED && meta.dtype().dataType() != tensor.dataType()) {
            return false;
        }
        if (!shape.ranked()) {
            return true;
        }
        if (shape.rank() != meta.sizes().size()) {
            return false;
        }
        for (int axis = 0; axis < shape.rank(); axis++) {
            Dim dim = shape.dim(axis);
            if (dim.isKnown() && meta.sizes().get(axis) instanceof SymValue.Int size && size.value() != dim.size()) {
                return false;
            }
        }
        return true;
    }
}
