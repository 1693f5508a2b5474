package dev.entrepot.importers.torch.script;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.ListValue;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.ScriptValue.NamedTuple;
import java.util.List;
import java.util.Optional;

/**
 * A call of an operator on plain values.
 *
 * @param op the operator with its namespace, such as {@code aten::append}
 * @param arguments the arguments in order
 * @param graph the graph, for what is only known when the model runs
 * @param journal is told which containers change
 */
record PlainCall(String op, List<IValue> arguments, TorchGraph graph, Journal journal) {

    int count() {
        return arguments.size();
    }

    /** An argument; None where there are fewer. */
    IValue get(int index) {
        return index < arguments.size() ? arguments.get(index) : IValue.NONE;
    }

    boolean isNone(int index) {
        return get(index) instanceof IValue.None;
    }

    /** The items of a list or tuple that is an argument. */
    List<IValue> items(int index) {
        return itemsOf(get(index))
                .orElseThrow(() ->
                        graph.malformed(op, "is called with a " + get(index).sort() + ", expected a list or tuple"));
    }

    /** The items of a list or tuple. */
    static Optional<List<IValue>> itemsOf(IValue value) {
        if (value instanceof ListValue list) {
            return Optional.of(list.items());
        }
        if (value instanceof IValue.TupleValue tuple) {
            return Optional.of(tuple.items());
        }
        return value instanceof NamedTuple tuple ? Optional.of(tuple.items()) : Optional.empty();
    }

    SizeExpr size(int index) {
        return graph.toSize(get(index));
    }

    /** A whole number that must be known. */
    long integer(int index) {
        return size(index)
                .number()
                .orElseThrow(() -> graph.unsupported(
                        op, "needs to know the number " + size(index) + "; give the input's sizes as numbers"));
    }

    String text(int index) {
        if (get(index) instanceof IValue.Text text) {
            return text.value();
        }
        throw malformed("is called with a " + get(index).sort() + ", expected a str");
    }

    ModelException malformed(String why) {
        return graph.malformed(op, why);
    }
}
