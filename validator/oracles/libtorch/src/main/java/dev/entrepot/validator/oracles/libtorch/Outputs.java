package dev.entrepot.validator.oracles.libtorch;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.GenericDict;
import org.bytedeco.pytorch.GenericDictIterator;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.TupleElements;

/**
 * The tensors in what {@code forward} returns.
 *
 * <p>Tuples and lists are gone through in order, and so are dictionaries. A tensor is called {@code output_N}, N counting these tensors from 0; in a
 * dictionary with text for keys it is called by its key, followed by {@code _I} where the value is itself a tuple or list. Numbers are
 * tensors without axes, of int64, float64 or bool; None is left out.
 */
final class Outputs {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private int unnamed;

    private Outputs() {}

    /** @throws RefusedException if there is something that is no tensor, or two have one name */
    static Map<String, Tensor> of(IValue returned) throws RefusedException {
        var outputs = new Outputs();
        outputs.add(Optional.empty(), returned);
        return outputs.tensors;
    }

    private void add(Optional<String> key, IValue value) throws RefusedException {
        if (value.isNone()) {
            return;
        }
        if (value.isTuple()) {
            TupleElements elements = value.toTuple().elements();
            for (int i = 0; i < elements.size(); i++) {
                add(indexed(key, i), elements.get(i));
            }
        } else if (value.isList()) {
            GenericList elements = value.toList();
            for (int i = 0; i < elements.size(); i++) {
                add(indexed(key, i), elements.get(i));
            }
        } else if (value.isGenericDict()) {
            addAll(value.toGenericDict());
        } else {
            String name = key.orElseGet(() -> "output_" + unnamed++);
            put(name, value.isTensor() ? TorchTensors.fromTorch(name, value.toTensor()) : number(name, value));
        }
    }

    private void addAll(GenericDict dictionary) throws RefusedException {
        GenericDictIterator end = dictionary.end();
        for (GenericDictIterator at = dictionary.begin(); !at.equals(end); at.increment()) {
            IValue key = at.access().key();
            add(
                    key.isString() ? Optional.of(key.toStringRef().getString()) : Optional.empty(),
                    at.access().value());
        }
    }

    private void put(String name, Tensor tensor) throws RefusedException {
        if (tensors.put(name, tensor) != null) {
            throw new RefusedException("two outputs are called \"" + name + "\"");
        }
    }

    private static Optional<String> indexed(Optional<String> key, int index) {
        return key.map(word -> word + "_" + index);
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
