package dev.entrepot.traced.torch;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.traced.Sandbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Values between Python and the graph: numbers and text are plain, all else is an {@link IValue} that the shim holds. */
final class TorchValues {

    private final TorchGraph graph;
    private final Value makeTensor;
    private final Value makeSize;
    private final Value makeList;
    private final Value makeTuple;

    TorchValues(TorchGraph graph, Sandbox sandbox) {
        this.graph = graph;
        this.makeTensor = sandbox.function("torch._core", "make_tensor");
        this.makeSize = sandbox.function("_sizes", "SymInt");
        this.makeList = sandbox.function("torch._core", "make_list");
        this.makeTuple = sandbox.function("torch._core", "make_tuple");
    }

    /** What Python gave. Floats come as {@link IValue.Real}: a plain 1.0 could not be told from 1. */
    IValue fromPython(Value value) {
        if (value.isNull()) {
            return IValue.NONE;
        } else if (value.isHostObject()) {
            Object host = value.asHostObject();
            return host instanceof SizeExpr size ? IValue.of(size) : (IValue) host;
        } else if (value.isBoolean()) {
            return IValue.of(value.asBoolean());
        } else if (value.fitsInLong()) {
            return IValue.of(value.asLong());
        } else if (value.isString()) {
            return IValue.of(value.asString());
        } else if (value.hasArrayElements()) {
            return IValue.list(listFromPython(value));
        }
        throw ModelException.malformed(graph.where(), "argument", value + " is out of range");
    }

    List<IValue> listFromPython(Value list) {
        List<IValue> items = new ArrayList<>();
        for (long i = 0; i < list.getArraySize(); i++) {
            items.add(fromPython(list.getArrayElement(i)));
        }
        return items;
    }

    Map<String, IValue> keywordsFromPython(Value dictionary) {
        Map<String, IValue> keywords = new LinkedHashMap<>();
        Value keys = dictionary.getHashKeysIterator();
        while (keys.hasIteratorNextElement()) {
            Value key = keys.getIteratorNextElement();
            keywords.put(key.asString(), fromPython(dictionary.getHashValue(key)));
        }
        return keywords;
    }

    /** What Python gets. */
    @Nullable
    Object toPython(IValue value) {
        if (value instanceof TensorRef || value instanceof IValue.Broken) {
            return makeTensor.execute(value);
        } else if (value instanceof IValue.None) {
            return null;
        } else if (value instanceof IValue.Bool bool) {
            return bool.value();
        } else if (value instanceof IValue.Int number) {
            return number.value().isNumber()
                    ? (Object) number.value().number().getAsLong()
                    : makeSize.execute(number.value());
        } else if (value instanceof IValue.Real real) {
            return real.value();
        } else if (value instanceof IValue.Text text) {
            return text.value();
        } else if (value instanceof IValue.Scalar scalar) {
            return makeTensor.execute(graph.tensor(scalar.value()));
        } else if (value instanceof IValue.ListValue list) {
            return makeList.execute(allToPython(list.items()));
        } else if (value instanceof IValue.TupleValue tuple) {
            return makeTuple.execute(allToPython(tuple.items()));
        }
        return value;
    }

    private Object[] allToPython(List<IValue> items) {
        return items.stream().map(this::toPython).toArray();
    }

    Value tuple(List<IValue> items) {
        return makeTuple.execute(allToPython(items));
    }
}
