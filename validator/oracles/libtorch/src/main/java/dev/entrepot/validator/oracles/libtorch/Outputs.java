package dev.entrepot.validator.oracles.libtorch;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.GenericDict;
import org.bytedeco.pytorch.GenericDictIterator;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.TupleElements;

/**
 * The tensors in what {@code forward} returns, as outputs with names: the keys of dictionaries, else {@code output}. Positions in lists and
 * tuples follow, unless only one of them holds anything. Numbers are tensors without axes, of int64, float64 or bool; None is left out.
 */
final class Outputs {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Outputs() {}

    /** @throws RefusedException if there is something that is no tensor, or two have one name */
    static Map<String, Tensor> of(IValue returned) throws RefusedException {
        var outputs = new Outputs();
        outputs.add(returned, List.of(), List.of());
        return outputs.tensors;
    }

    private void add(IValue value, List<String> keys, List<String> positions) throws RefusedException {
        if (value.isNone()) {
            return;
        }
        if (value.isGenericDict()) {
            GenericDict dictionary = value.toGenericDict();
            GenericDictIterator end = dictionary.end();
            for (GenericDictIterator at = dictionary.begin(); !at.equals(end); at.increment()) {
                add(at.access().value(), with(keys, key(at.access().key())), positions);
            }
            return;
        }
        if (value.isTuple() || value.isList()) {
            List<IValue> items = items(value);
            boolean several = items.stream().filter(Outputs::holdsAny).count() > 1;
            for (int i = 0; i < items.size(); i++) {
                add(items.get(i), keys, several ? with(positions, Integer.toString(i)) : positions);
            }
            return;
        }
        boolean alone = keys.isEmpty() && positions.isEmpty();
        put(value, alone ? "output_0" : String.join("_", with(keys.isEmpty() ? List.of("output") : keys, positions)));
    }

    private void put(IValue value, String name) throws RefusedException {
        Tensor tensor = value.isTensor() ? TorchTensors.fromTorch(name, value.toTensor()) : number(name, value);
        if (tensors.put(name, tensor) != null) {
            throw new RefusedException("two outputs are called \"" + name + "\"");
        }
    }

    private static boolean holdsAny(IValue value) {
        if (value.isGenericDict()) {
            return !value.toGenericDict().empty();
        }
        return value.isTuple() || value.isList() ? items(value).stream().anyMatch(Outputs::holdsAny) : !value.isNone();
    }

    private static List<IValue> items(IValue value) {
        List<IValue> items = new ArrayList<>();
        if (value.isTuple()) {
            TupleElements elements = value.toTuple().elements();
            for (int i = 0; i < elements.size(); i++) {
                items.add(elements.get(i));
            }
            return items;
        }
        GenericList elements = value.toList();
        for (int i = 0; i < elements.size(); i++) {
            items.add(elements.get(i));
        }
        return items;
    }

    private static String key(IValue key) throws RefusedException {
        if (key.isString()) {
            return key.toStringRef().getString();
        }
        if (key.isInt()) {
            return Long.toString(key.toInt());
        }
        throw new RefusedException("an output's key is a " + key.tagKind().getString() + ", not text");
    }

    private static List<String> with(List<String> list, String... more) {
        return with(list, List.of(more));
    }

    private static List<String> with(List<String> list, List<String> more) {
        List<String> all = new ArrayList<>(list);
        all.addAll(more);
        return all;
    }

    private static Tensor number(String name, IValue value) throws RefusedException {
        if (value.isInt()) {
            return Tensor.scalar(value.toInt());
        }
        if (value.isDouble()) {
            return Tensor.of(Shape.SCALAR, value.toDouble());
        }
        if (value.isBool()) {
            return new Tensor(DataType.BOOL, Shape.SCALAR, TensorData.of(new byte[] {(byte) (value.toBool() ? 1 : 0)}));
        }
        throw new RefusedException(
                "output \"" + name + "\" is a " + value.tagKind().getString() + ", not a tensor");
    }
}
