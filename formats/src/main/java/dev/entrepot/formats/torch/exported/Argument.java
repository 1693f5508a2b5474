package dev.entrepot.formats.torch.exported;

import dev.entrepot.formats.torch.TorchDtype;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node takes or makes: one record for each member of the union {@code Argument} in schema.py. */
public sealed interface Argument {

    /** The names of the graph's values that it mentions, in order. What lies in a graph of its own is not among them. */
    default List<String> mentions() {
        return ArgumentNames.of(this);
    }

    /** {@code None}. */
    record AsNone() implements Argument {}

    /** A tensor by its name in the graph. */
    record AsTensor(String name) implements Argument {}

    /** Tensors by their names. */
    record AsTensors(List<String> names) implements Argument {
        public AsTensors {
            names = List.copyOf(names);
        }
    }

    /** A whole number. */
    record AsInt(long value) implements Argument {}

    /** Whole numbers. */
    record AsInts(List<Long> values) implements Argument {
        public AsInts {
            values = List.copyOf(values);
        }
    }

    /** A floating point number. */
    record AsFloat(double value) implements Argument {}

    /** Floating point numbers. */
    record AsFloats(List<Double> values) implements Argument {
        public AsFloats {
            values = List.copyOf(values);
        }
    }

    /** A text. */
    record AsString(String value) implements Argument {}

    /** Texts. */
    record AsStrings(List<String> values) implements Argument {
        public AsStrings {
            values = List.copyOf(values);
        }
    }

    /** A whole number that may be symbolic. */
    record AsSymInt(SymArgument value) implements Argument {}

    /** Whole numbers that may be symbolic. */
    record AsSymInts(List<SymArgument> values) implements Argument {
        public AsSymInts {
            values = List.copyOf(values);
        }
    }

    /** An element type. */
    record AsScalarType(TorchDtype dtype) implements Argument {}

    /** A memory format, which says how a tensor lies in memory and nothing about its elements. */
    record AsMemoryFormat(MemoryFormat format) implements Argument {}

    /** A layout. */
    record AsLayout(Layout layout) implements Argument {}

    /** A device. */
    record AsDevice(Device device) implements Argument {}

    /** A truth value. */
    record AsBool(boolean value) implements Argument {}

    /** Truth values. */
    record AsBools(List<Boolean> values) implements Argument {
        public AsBools {
            values = List.copyOf(values);
        }
    }

    /** A truth value that may be symbolic. */
    record AsSymBool(SymArgument value) implements Argument {}

    /** Truth values that may be symbolic. */
    record AsSymBools(List<SymArgument> values) implements Argument {
        public AsSymBools {
            values = List.copyOf(values);
        }
    }

    /**
     * A graph of its own, as the branches of {@code torch.cond} are.
     *
     * @param name the submodule it was
     */
    record AsGraph(String name, Graph graph) implements Argument {}

    /** Tensors by their names, with holes. */
    record AsOptionalTensors(List<Optional<String>> names) implements Argument {
        public AsOptionalTensors {
            names = List.copyOf(names);
        }
    }

    /**
     * An object of a custom class.
     *
     * @param name its name in the graph or among the constants
     * @param classFqn its class
     */
    record AsCustomObj(String name, String classFqn) implements Argument {}

    /** An operator. */
    record AsOperator(String target) implements Argument {}

    /** A floating point number that may be symbolic. */
    record AsSymFloat(SymArgument value) implements Argument {}

    /** Floating point numbers that may be symbolic. */
    record AsSymFloats(List<SymArgument> values) implements Argument {
        public AsSymFloats {
            values = List.copyOf(values);
        }
    }

    /** A tensor by its name, or nothing. */
    record AsOptionalTensor(Optional<String> name) implements Argument {}

    /** A complex number. */
    record AsComplex(double real, double imag) implements Argument {}

    /** Lists of tensors by their names. */
    record AsNestedTensors(List<List<String>> names) implements Argument {
        public AsNestedTensors {
            names = names.stream().map(List::copyOf).toList();
        }
    }

    /** Lists of whole numbers. */
    record AsIntLists(List<List<Long>> values) implements Argument {
        public AsIntLists {
            values = values.stream().map(List::copyOf).toList();
        }
    }

    /** Lists of floating point numbers. */
    record AsFloatLists(List<List<Double>> values) implements Argument {
        public AsFloatLists {
            values = values.stream().map(List::copyOf).toList();
        }
    }

    /** Arguments by name. */
    record AsStringToArgument(Map<String, Argument> values) implements Argument {
        public AsStringToArgument {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }
}
