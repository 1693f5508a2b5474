package dev.entrepot.importers.torch.schema;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The type of an argument or a result in an operator's schema; {@code toString} is PyTorch's notation.
 *
 * <p>Source: aten/src/ATen/core/jit_type.h, torch/csrc/jit/frontend/schema_type_parser.cpp.
 */
public sealed interface SchemaType {

    /** Whether {@code None} is a value of this type. */
    default boolean takesNone() {
        return this instanceof OptionalType || this == Plain.NONE || this == Plain.ANY;
    }

    /** This type without {@code ?}. */
    default SchemaType present() {
        return this instanceof OptionalType optional ? optional.element() : this;
    }

    /** A type that has no parts. */
    enum Plain implements SchemaType {
        TENSOR("Tensor"),
        INT("int"),
        SYM_INT("SymInt"),
        FLOAT("float"),
        BOOL("bool"),
        SYM_BOOL("SymBool"),
        COMPLEX("complex"),
        /** An int, float, bool or complex. */
        SCALAR("Scalar"),
        STR("str"),
        DEVICE("Device"),
        /** A dtype, an int in PyTorch's numbering. */
        SCALAR_TYPE("ScalarType"),
        LAYOUT("Layout"),
        MEMORY_FORMAT("MemoryFormat"),
        QUANTIZATION_SCHEME("QScheme"),
        GENERATOR("Generator"),
        STORAGE("Storage"),
        STREAM("Stream"),
        NONE("NoneType"),
        ANY("Any"),
        ANY_CLASS("AnyClassType"),
        ANY_ENUM("AnyEnumType");

        private static final Plain[] ALL = values();

        private final String notation;

        Plain(String notation) {
            this.notation = notation;
        }

        @Override
        public String toString() {
            return notation;
        }
    }

    /**
     * {@code int[]}, or {@code int[2]}: a list.
     *
     * @param size how many elements PyTorch makes of a single one that is given instead of a list
     */
    record ListType(SchemaType element, OptionalInt size) implements SchemaType {
        @Override
        public String toString() {
            return element + (size.isPresent() ? "[" + size.getAsInt() + "]" : "[]");
        }
    }

    /** {@code Tensor?}: a value or {@code None}. */
    record OptionalType(SchemaType element) implements SchemaType {
        @Override
        public String toString() {
            return element + "?";
        }
    }

    /** {@code (str, t)}. */
    record TupleType(List<SchemaType> elements) implements SchemaType {
        /** Copies the elements. */
        public TupleType {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return elements.stream().map(SchemaType::toString).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /** {@code Dict(str, t)}. */
    record DictType(SchemaType key, SchemaType value) implements SchemaType {
        @Override
        public String toString() {
            return "Dict(" + key + ", " + value + ")";
        }
    }

    /** {@code t}: stands for any type, the same wherever the schema repeats it. */
    record Variable(String name) implements SchemaType {
        @Override
        public String toString() {
            return name;
        }
    }

    /** {@code __torch__.torch.classes.quantized.Conv2dPackedParamsBase}: an object of a class. */
    record ClassType(String qualifiedName) implements SchemaType {
        @Override
        public String toString() {
            return qualifiedName;
        }
    }

    /** The type that a bare name stands for. */
    static SchemaType named(String name) {
        for (Plain plain : Plain.ALL) {
            if (plain.notation.equals(name)) {
                return plain;
            }
        }
        return name.indexOf('.') >= 0 ? new ClassType(name) : new Variable(name);
    }
}
