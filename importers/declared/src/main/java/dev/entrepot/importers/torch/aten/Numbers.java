package dev.entrepot.importers.torch.aten;

import dev.entrepot.importers.size.Atom;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.size.Sizes;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.infer.Contents;
import dev.entrepot.onnx.infer.Element;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import java.util.Optional;

/** Numbers as plain values and as scalars of the graph. */
final class Numbers {

    private final Scopes scopes;
    private final Sizes sizes;

    Numbers(Scopes scopes, Sizes sizes) {
        this.scopes = scopes;
        this.sizes = sizes;
    }

    Optional<Double> known(IValue value) {
        if (value instanceof TensorRef tensor && isScalar(tensor.value())) {
            IValue item = item(tensor.value());
            return item instanceof TensorRef ? Optional.empty() : known(item);
        }
        if (value instanceof IValue.Int number) {
            return number.value().isNumber()
                    ? Optional.of((double) number.value().number().getAsLong())
                    : Optional.empty();
        }
        if (value instanceof IValue.Bool bool) {
            return Optional.of(bool.value() ? 1.0 : 0.0);
        }
        return value instanceof IValue.Real real ? Optional.of(real.value()) : Optional.empty();
    }

    SizeExpr size(IValue value, TorchGraph graph) {
        if (value instanceof IValue.Int number) {
            return number.value();
        }
        if (value instanceof IValue.Bool bool) {
            return bool.value() ? SizeExpr.ONE : SizeExpr.ZERO;
        }
        if (value instanceof TensorRef tensor && item(tensor.value()) instanceof IValue.Int number) {
            return number.value();
        }
        if (value.isBool()
                && item(cast(((IValue.Scalar) value).value(), DataType.INT64)) instanceof IValue.Int number) {
            return number.value();
        }
        if (value instanceof IValue.Real real && real.value() == Math.rint(real.value())) {
            return SizeExpr.of((long) real.value());
        }
        throw graph.malformed("argument", "is a " + value.sort() + ", expected a whole number");
    }

    /** The plain value of a tensor of one element. */
    IValue item(Value value) {
        Optional<Element> element = scopes.root()
                .facts()
                .elements(value)
                .map(Contents::elements)
                .filter(elements -> elements.size() == 1)
                .map(elements -> elements.get(0));
        DataType type = value.dataType();
        if (element.isPresent() && element.get() instanceof Element.Whole whole) {
            return type == DataType.BOOL
                    ? IValue.of(whole.value() != 0)
                    : type.isFloatingPoint() ? IValue.of((double) whole.value()) : IValue.of(whole.value());
        }
        if (element.isPresent() && element.get() instanceof Element.Real real) {
            return IValue.of(real.value());
        }
        if (element.isPresent() && element.get().toDim() instanceof Dim.Symbol symbol && !type.isFloatingPoint()) {
            return IValue.of(sizes.expression(symbol));
        }
        Value scalar = isScalar(value)
                ? value
                : scopes.current().add("Reshape", value, scopes.current().ints("shape"));
        if (type == DataType.BOOL || type.isFloatingPoint()) {
            return new IValue.Scalar(scalar);
        }
        return IValue.of(SizeExpr.of(new Atom.Computed(cast(scalar, DataType.INT64))));
    }

    private static boolean isScalar(Value value) {
        return value.shape().ranked() && value.shape().rank() == 0;
    }

    /** A number as a scalar of the graph. */
    Value scalar(IValue number, DataType type, TorchGraph graph) {
        if (number instanceof IValue.Int whole && whole.value().isNumber()) {
            return constant(whole.value().number().getAsLong(), type);
        }
        if (number instanceof IValue.Int whole) {
            return cast(sizes.scalar(whole.value()), type);
        }
        if (number instanceof IValue.Real real) {
            return constant(real.value(), type);
        }
        if (number instanceof IValue.Bool bool) {
            return constant(bool.value() ? 1 : 0, type);
        }
        if (number instanceof IValue.Scalar scalar) {
            return cast(scalar.value(), type);
        }
        throw graph.malformed("argument", "is a " + number.sort() + ", expected a tensor or a number");
    }

    private Value constant(Number number, DataType type) {
        return scopes.current().scalar("scalar", number, type);
    }

    Value cast(Value value, DataType type) {
        GraphBuilder graph = scopes.current();
        return value.dataType() == type
                ? value
                : keepSizes(value, graph.add("Cast", Attributes.of("to", type.code()), value));
    }

    private static Value keepSizes(Value from, Value to) {
        return to.withType(dev.entrepot.onnx.graph.ValueType.tensor(to.dataType(), from.shape()));
    }
}
