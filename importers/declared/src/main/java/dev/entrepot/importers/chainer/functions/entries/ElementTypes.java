package dev.entrepot.importers.chainer.functions.entries;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.stream.Stream;

/**
 * The element types that functions ask for and those that runtimes compute in. Chainer wants variables of one type beside each other,
 * turns NumPy's arrays and numbers into that of the variable, and for most functions takes floats only. Source:
 * chainer/functions/math/basic_math.py, _preprocess_const and _preprocess_rhs; chainer/utils/type_check.py.
 */
public final class ElementTypes {

    private ElementTypes() {}

    /** A variable whose elements are floats. */
    public static Value floats(FunctionCall call, String name) {
        return floats(call, name, call.value(name));
    }

    /** The value, whose elements must be floats. */
    public static Value floats(FunctionCall call, String name, Value value) {
        if (!value.dataType().isFloatingPoint()) {
            throw call.malformed(name + " is " + value.dataType().numpyName() + ", expected floats");
        }
        return value;
    }

    /** Variables of floats of one element type; constants and numbers are turned into the type of the first variable. */
    public static List<Value> floats(FunctionCall call, String... names) {
        List<Value> values = alike(call, names);
        for (int i = 0; i < names.length; i++) {
            floats(call, names[i], values.get(i));
        }
        return values;
    }

    /** Variables of one element type; constants and numbers are turned into the type of the first variable. */
    public static List<Value> alike(FunctionCall call, String... names) {
        DataType type = typeOf(call, Stream.of(names).map(call::get).toList());
        return Stream.of(names)
                .map(name -> as(call, name, call.get(name), type))
                .toList();
    }

    /** The type of the first that is a variable; else of the first array; else float32. */
    public static DataType typeOf(FunctionCall call, List<Argument> arguments) {
        List<Value> arrays = arguments.stream()
                .filter(Argument.Array.class::isInstance)
                .map(argument -> ((Argument.Array) argument).value())
                .toList();
        return arrays.stream()
                .filter(value -> call.constantOf(value).isEmpty())
                .findFirst()
                .or(() -> arrays.stream().findFirst())
                .map(Value::dataType)
                .orElse(DataType.FLOAT);
    }

    /** A constant or a number in this type, or a variable that must have it already. */
    public static Value as(FunctionCall call, String name, Argument argument, DataType type) {
        if (argument instanceof Argument.Array array) {
            Value value = array.value();
            if (value.dataType() != type && call.constantOf(value).isEmpty()) {
                throw call.malformed(name + " is " + value.dataType().numpyName() + ", expected " + type.numpyName()
                        + " as the variable beside it; cast one of them");
            }
            return call.cast(value, type);
        }
        if (argument instanceof Argument.Whole whole) {
            return whole.value().isNumber()
                    ? call.scalar(whole.value().number().getAsLong(), type)
                    : call.cast(call.value(name), type);
        }
        if (argument instanceof Argument.Real real) {
            return call.scalar(real.value(), type);
        }
        if (argument instanceof Argument.Flag flag) {
            return call.scalar(flag.value() ? 1 : 0, type);
        }
        throw call.malformed(name + " is " + argument.sort() + ", expected a variable or a number");
    }

    /** A node in the type of its operands, or in a wider one where runtimes have no kernel for small whole numbers; the result wraps around as NumPy's. */
    public static Value computed(FunctionCall call, String op, Value... operands) {
        DataType type = operands[0].dataType();
        DataType in = switch (type) {
            case INT8, UINT8, INT16, UINT16 -> DataType.INT32;
            case UINT32, UINT64 -> DataType.INT64;
            case BOOL -> throw call.unsupported("takes numbers, got truth values");
            default -> type;
        };
        Value[] widened = Stream.of(operands).map(value -> call.cast(value, in)).toArray(Value[]::new);
        return call.cast(call.add(op, widened), type);
    }

    /** A node of floats for which runtimes have no kernel of float64: such a value loses its further digits. */
    public static Value single(FunctionCall call, String op, Attributes attributes, Value value) {
        if (value.dataType() != DataType.DOUBLE) {
            return call.add(op, attributes, value);
        }
        call.approximation("computed in float32, as runtimes do not have " + op + " in float64");
        return call.cast(call.add(op, attributes, call.cast(value, DataType.FLOAT)), DataType.DOUBLE);
    }
}
