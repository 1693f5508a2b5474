package dev.entrepot.importers.torch.modules.tree;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TorchGraph;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs modules into a graph.
 *
 * @param graph grows
 * @param table the forward of each class
 * @param names the name of each tensor that several modules share, by the part of storage it shows
 */
public record Execution(TorchGraph graph, Map<String, Forward> table, Map<TorchTensor.View, String> names) {

    /** Nothing has run yet. */
    public Execution(TorchGraph graph, Map<String, Forward> table) {
        this(graph, table, new HashMap<>());
    }

    /** A module asked something of a value that could not be computed; why is noted already. */
    static final class BrokenValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Calls a module. What is wrong with it is noted in the graph, and the result is broken then.
     *
     * @throws IllegalArgumentException if the table has no forward for its class
     */
    public IValue run(Module module, IValue x) {
        if (x instanceof IValue.Broken) {
            return x;
        }
        Forward forward = table.get(module.className());
        if (forward == null) {
            throw new IllegalArgumentException("no forward of class " + module.className() + " is known");
        }
        String outer = graph.layer();
        graph.layer(module.path());
        try {
            return forward.forward(new BoundModule(module, this), x);
        } catch (ModelException e) {
            graph.note(e);
            return IValue.BROKEN;
        } catch (BrokenValueException e) {
            return IValue.BROKEN;
        } finally {
            graph.layer(outer);
        }
    }

    /** A parameter or buffer of a module; one that several modules share is one tensor. */
    IValue tensor(Module module, String name, TorchTensor tensor) {
        String path = module.path().isEmpty() ? name : module.path() + "." + name;
        String first = tensor.view()
                .map(view -> names.computeIfAbsent(view, key -> path))
                .orElse(path);
        return graph.parameter(first, tensor.tensor());
    }
}
