package dev.entrepot.onnx.infer;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the contents of values while a graph is walked: constant tensors, and the {@link Contents} of small tensors that
 * are computed from shapes.
 */
public final class Facts {

    private final Optional<Facts> outer;
    private final Map<String, Tensor> constants = new HashMap<>();
    private final Map<String, Contents> contents = new HashMap<>();
    private final Map<String, ValueType> types = new HashMap<>();

    /** Nothing is known yet. */
    public Facts() {
        this(Optional.empty());
    }

    private Facts(Optional<Facts> outer) {
        this.outer = outer;
    }

    /** Facts for a subgraph: what is known here is known there, but not the other way round. */
    public Facts inner() {
        return new Facts(Optional.of(this));
    }

    /** Notes that a value is this tensor. */
    public void constant(String value, Tensor tensor) {
        constants.put(value, tensor);
    }

    /** Notes the elements of an integer vector, as far as they are known. */
    public void contents(String value, List<Dim> elements) {
        learn(value, Contents.vector(elements.stream().map(Element::of).toList()));
    }

    /** Notes the elements of a small tensor, as far as they are known. */
    public void learn(String value, Contents elements) {
        contents.put(value, elements);
    }

    /** Notes a value's type. */
    void type(String value, ValueType type) {
        types.put(value, type);
    }

    /** The type that was noted of a value. */
    Optional<ValueType> type(Value value) {
        ValueType known = types.get(value.name());
        return known != null ? Optional.of(known) : outer.flatMap(facts -> facts.type(value));
    }

    /** The value's contents are not known after all. */
    void forget(String value) {
        constants.remove(value);
        contents.remove(value);
    }

    /** What is known of {@code value} is also known of another name. */
    public void alias(Value value, String otherName) {
        constant(value).ifPresent(tensor -> constant(otherName, tensor));
        elements(value).ifPresent(elements -> learn(otherName, elements));
    }

    /** The value's tensor, if it is a constant. */
    public Optional<Tensor> constant(Value value) {
        Tensor known = constants.get(value.name());
        return known != null ? Optional.of(known) : outer.flatMap(facts -> facts.constant(value));
    }

    /** The elements of a small tensor, if anything is known of them. */
    public Optional<Contents> elements(Value value) {
        Contents known = contents.get(value.name());
        if (known == null && constants.containsKey(value.name())) {
            Optional<Contents> read = read(constants.get(value.name()));
            read.ifPresent(elements -> learn(value.name(), elements));
            return read;
        }
        return known != null ? Optional.of(known) : outer.flatMap(facts -> facts.elements(value));
    }

    /** The elements of an integer scalar or vector as dimensions, if anything is known of them and none is negative. */
    public Optional<List<Dim>> contents(Value value) {
        return elements(value)
                .filter(known -> known.shape().rank() <= 1)
                .map(Contents::elements)
                .filter(known -> known.stream().noneMatch(Facts::isNoSize))
                .map(known -> known.stream().map(Element::toDim).toList());
    }

    /** The elements of an integer tensor of moderate size, if all are known. */
    public Optional<long[]> longs(Value value) {
        return elements(value).flatMap(Contents::longs);
    }

    private static boolean isNoSize(Element element) {
        return element instanceof Element.Real || element instanceof Element.Whole whole && whole.value() < 0;
    }

    /** The elements of a small tensor of numbers. */
    static Optional<Contents> read(Tensor tensor) {
        if (!Contents.fits(tensor.shape())) {
            return Optional.empty();
        }
        return switch (tensor.type()) {
            case INT64, INT32, INT16, INT8, UINT8, UINT16, UINT32, BOOL ->
                Optional.of(new Contents(
                        tensor.shape(),
                        Arrays.stream(tensor.toLongs()).mapToObj(Element::of).toList()));
            case FLOAT, DOUBLE -> Optional.of(new Contents(tensor.shape(), reals(tensor)));
            default -> Optional.empty();
        };
    }

    private static List<Element> reals(Tensor tensor) {
        List<Element> reals = new ArrayList<>();
        for (ByteBuffer bytes = tensor.toBytes(); bytes.hasRemaining(); ) {
            reals.add(new Element.Real(tensor.type() == DataType.FLOAT ? bytes.getFloat() : bytes.getDouble()));
        }
        return reals;
    }
}
