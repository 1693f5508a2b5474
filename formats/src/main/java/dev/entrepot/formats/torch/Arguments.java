package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.pickle.PickleValue;
import dev.entrepot.formats.pickle.PickleValue.Call;
import dev.entrepot.formats.pickle.PickleValue.TupleValue;
import dev.entrepot.formats.torch.TorchValue.Int;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of an allowed call, each read as what it should be. */
final class Arguments {

    private final Call call;
    private final List<PickleValue> raw;
    private final Interpreter interpreter;

    Arguments(Call call, Interpreter interpreter) {
        this(call, call.arguments(), interpreter);
    }

    private Arguments(Call call, PickleValue arguments, Interpreter interpreter) {
        if (!(arguments instanceof TupleValue tuple)) {
            throw ModelException.malformed(
                    call.where(), call.callable().toString(), "is called with a " + arguments + ", not a tuple");
        }
        this.call = call;
        this.raw = tuple.items();
        this.interpreter = interpreter;
    }

    Call call() {
        return call;
    }

    SourceLocation where() {
        return call.where();
    }

    int count() {
        return raw.size();
    }

    /** An argument as the pickle has it. */
    PickleValue raw(int index) {
        if (index >= raw.size()) {
            throw ModelException.malformed(
                    where(), call.callable().toString(), "has " + raw.size() + " arguments, needs " + (index + 1));
        }
        return raw.get(index);
    }

    /** The arguments that one argument holds. */
    Arguments nested(int index) {
        return new Arguments(call, raw(index), interpreter);
    }

    TorchValue value(int index) {
        return interpreter.interpret(raw(index));
    }

    String text(int index) {
        if (value(index) instanceof TorchValue.Text text) {
            return text.value();
        }
        throw wrong(index, "a text");
    }

    boolean flag(int index) {
        if (value(index) instanceof TorchValue.Bool bool) {
            return bool.value();
        }
        if (value(index) instanceof Int number) {
            return number.value().signum() != 0;
        }
        throw wrong(index, "True or False");
    }

    double number(int index) {
        TorchValue value = value(index);
        if (value instanceof TorchValue.Float number) {
            return number.value();
        }
        if (value instanceof Int number) {
            return number.value().doubleValue();
        }
        throw wrong(index, "a number");
    }

    long whole(int index) {
        return integer(index).orElseThrow(() -> wrong(index, "a whole number of 64 bits"));
    }

    Optional<Long> integer(int index) {
        return index < raw.size() && value(index) instanceof Int number ? number.toLong() : Optional.empty();
    }

    List<TorchValue> items(int index) {
        if (value(index) instanceof Sequence sequence) {
            interpreter.spend(sequence.items().size(), where());
            return sequence.items();
        }
        throw wrong(index, "a sequence");
    }

    /** A tuple of whole numbers. */
    List<Long> sizes(int index) {
        List<Long> sizes = new ArrayList<>();
        for (TorchValue item : items(index)) {
            if (!(item instanceof Int number) || number.toLong().isEmpty()) {
                throw wrong(index, "a tuple of whole numbers of 64 bits");
            }
            sizes.add(number.toLong().get());
        }
        return sizes;
    }

    ModelException wrong(int index, String expected) {
        return ModelException.malformed(
                where(),
                call.callable().toString(),
                "has " + value(index) + " as argument " + (index + 1) + ", should be " + expected);
    }
}
