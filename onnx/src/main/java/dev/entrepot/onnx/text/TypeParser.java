package dev.entrepot.onnx.text;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parses types: {@code float[N,3]}, {@code float} for a scalar, {@code float[]} for any shape, {@code seq(…)} and so on. */
final class TypeParser {

    private static final Set<String> COMPOSED = Set.of("seq", "map", "optional", "sparse_tensor", "opaque");

    private TypeParser() {}

    /** Whether an identifier begins a type where one may stand. */
    static boolean isTypeWord(String word) {
        return COMPOSED.contains(word) || isElementType(word);
    }

    /** A name with a type before it, if one is given. */
    static Value value(Cursor cursor) {
        ValueType type = isTypeWord(cursor.peekIdentifier()) ? type(cursor) : ValueType.UNKNOWN;
        Cursor.Place place = cursor.here();
        String name = cursor.name();
        if (name.isEmpty()) {
            throw place.fault("expected a name, found an empty one");
        }
        return new Value(name, type);
    }

    static ValueType type(Cursor cursor) {
        String word = cursor.peekIdentifier();
        if (!isTypeWord(word)) {
            throw cursor.fault("a type");
        }
        cursor.enter();
        ValueType type = isElementType(word) ? tensor(cursor) : composed(cursor);
        cursor.leave();
        return type;
    }

    private static boolean isElementType(String word) {
        return !word.equals("undefined") && DataType.ofOnnxName(word).isPresent();
    }

    private static ValueType composed(Cursor cursor) {
        String word = cursor.identifier();
        cursor.expect('(');
        ValueType type = switch (word) {
            case "seq" -> new ValueType.SequenceType(type(cursor));
            case "optional" -> new ValueType.OptionalType(type(cursor));
            case "map" -> {
                DataType key = elementType(cursor);
                cursor.expect(',');
                yield new ValueType.MapType(key, type(cursor));
            }
            case "sparse_tensor" -> {
                ValueType.TensorType dense = tensor(cursor);
                yield new ValueType.SparseTensorType(dense.type(), dense.shape());
            }
            default -> opaque(cursor);
        };
        cursor.expect(')');
        return type;
    }

    private static DataType elementType(Cursor cursor) {
        if (!isElementType(cursor.peekIdentifier())) {
            throw cursor.fault("an element type");
        }
        return DataType.ofOnnxName(cursor.identifier()).orElseThrow();
    }

    private static ValueType.TensorType tensor(Cursor cursor) {
        DataType type = elementType(cursor);
        if (!cursor.matches('[')) {
            return ValueType.tensor(type, Shape.SCALAR);
        }
        if (cursor.matches(']')) {
            return ValueType.tensor(type, Shape.UNRANKED);
        }
        List<Dim> dims = new ArrayList<>();
        do {
            dims.add(dim(cursor));
        } while (cursor.matches(','));
        cursor.expect(']');
        return ValueType.tensor(type, Shape.of(dims));
    }

    private static Dim dim(Cursor cursor) {
        if (cursor.matches('?')) {
            return Dim.UNKNOWN;
        }
        if (cursor.sees('"') || !cursor.peekIdentifier().isEmpty()) {
            String symbol = cursor.name();
            return symbol.isEmpty() ? Dim.UNKNOWN : Dim.of(symbol);
        }
        long size = cursor.literal().toLong();
        return size < 0 ? Dim.UNKNOWN : Dim.of(size);
    }

    private static ValueType opaque(Cursor cursor) {
        if (cursor.sees(')')) {
            return new ValueType.OpaqueType("", "");
        }
        StringBuilder first = new StringBuilder(cursor.identifier());
        while (cursor.matches('.')) {
            first.append('.').append(cursor.identifier());
        }
        return cursor.matches(',')
                ? new ValueType.OpaqueType(first.toString(), cursor.identifier())
                : new ValueType.OpaqueType("", first.toString());
    }
}
