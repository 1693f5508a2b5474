package dev.entrepot.traced.chainer;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.ChainerGraph;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.traced.Sandbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * Values between Python and the graph. Python holds variables, sizes, floats on their way here, slices and what is broken as Java objects;
 * all else is plain.
 */
final class ChainerValues {

    private final ChainerGraph graph;
    private final Value makeVariable;
    private final Value makeSize;
    private final Value makeTuple;

    ChainerValues(ChainerGraph graph, Sandbox sandbox) {
        this.graph = graph;
        this.makeVariable = sandbox.function("chainer._core", "make_variable");
        this.makeSize = sandbox.function("_sizes", "SymInt");
        this.makeTuple = sandbox.function("chainer._core", "make_tuple");
    }

    Argument fromPython(Value value) {
        if (value.isNull()) {
            return Argument.NONE;
        } else if (value.isHostObject()) {
            return fromHost(value.asHostObject());
        } else if (value.isBoolean()) {
            return Argument.of(value.asBoolean());
        } else if (value.fitsInLong()) {
            return Argument.of(value.asLong());
        } else if (value.isString()) {
            return Argument.of(value.asString());
        } else if (value.hasArrayElements()) {
            return Argument.of(listFromPython(value));
        }
        throw graph.notes().malformed("argument", value + " is out of range");
    }

    private static Argument fromHost(Object host) {
        if (host instanceof dev.entrepot.onnx.graph.Value array) {
            return Argument.of(array);
        } else if (host instanceof SizeExpr size) {
            return Argument.of(size);
        } else if (host instanceof RealNumber number) {
            return Argument.of(number.value());
        }
        return (Argument) host;
    }

    List<Argument> listFromPython(Value list) {
        List<Argument> items = new ArrayList<>();
        for (long i = 0; i < list.getArraySize(); i++) {
            items.add(fromPython(list.getArrayElement(i)));
        }
        return items;
    }

    Map<String, Argument> keywordsFromPython(Value dictionary) {
        Map<String, Argument> keywords = new LinkedHashMap<>();
        Value keys = dictionary.getHashKeysIterator();
        while (keys.hasIteratorNextElement()) {
            Value key = keys.getIteratorNextElement();
            keywords.put(key.asString(), fromPython(dictionary.getHashValue(key)));
        }
        return keywords;
    }

    Argument slice(List<Value> bounds) {
        return new Argument.Slice(fromPython(bounds.get(0)), fromPython(bounds.get(1)), fromPython(bounds.get(2)));
    }

    Argument ellipsis() {
        return Argument.ELLIPSIS;
    }

    Argument broken() {
        return Argument.BROKEN;
    }

    /** What Python gets. */
    @Nullable
    Object toPython(Argument argument) {
        if (argument instanceof Argument.Array array) {
            return makeVariable.execute(array.value());
        } else if (argument instanceof Argument.None) {
            return null;
        } else if (argument instanceof Argument.Whole whole) {
            return toPython(whole.value());
        } else if (argument instanceof Argument.Real real) {
            return real.value();
        } else if (argument instanceof Argument.Flag flag) {
            return flag.value();
        } else if (argument instanceof Argument.Text text) {
            return text.value();
        } else if (argument instanceof Argument.Items items) {
            return makeTuple.execute(items.items().stream().map(this::toPython).toArray());
        }
        return makeVariable.execute(argument);
    }

    private Object toPython(SizeExpr size) {
        return size.isNumber() ? (Object) size.number().getAsLong() : makeSize.execute(size);
    }

    Value sizes(List<SizeExpr> sizes) {
        return makeTuple.execute(sizes.stream().map(this::toPython).toArray());
    }
}
