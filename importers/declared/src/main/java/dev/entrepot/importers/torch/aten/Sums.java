package dev.entrepot.importers.torch.aten;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.size.Sizes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.infer.Contents;
import dev.entrepot.onnx.infer.Element;
import dev.entrepot.onnx.infer.Facts;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Follows arithmetic on symbolic sizes that a traced program does with tensors without axes, so that what it computes is still a size and
 * not just data.
 */
final class Sums {

    private static final Map<String, BinaryOperator<SizeExpr>> OPERATORS = Map.of(
            "aten::add",
            SizeExpr::plus,
            "aten::sub",
            SizeExpr::minus,
            "aten::rsub",
            (a, b) -> b.minus(a),
            "aten::mul",
            SizeExpr::times,
            "aten::floor_divide",
            SizeExpr::floorDividedBy,
            "aten::remainder",
            SizeExpr::modulo);

    private Sums() {}

    /** Notes of the result what it is in terms of sizes, if that can be told. */
    static void learn(AtenCall call, IValue result, Sizes sizes, Facts facts) {
        BinaryOperator<SizeExpr> operator = OPERATORS.get(call.schema().name());
        if (operator == null || !isScalar(result) || size(result, sizes, facts).isPresent()) {
            return;
        }
        List<IValue> operands = List.copyOf(call.arguments().values());
        Optional<SizeExpr> a = size(operands.get(0), sizes, facts);
        Optional<SizeExpr> b = size(operands.get(1), sizes, facts);
        boolean plain = !call.has("alpha")
                || call.knownReal("alpha").filter(alpha -> alpha == 1).isPresent();
        if (plain && a.isPresent() && b.isPresent()) {
            Dim dim = sizes.toDim(operator.apply(a.get(), b.get()));
            facts.learn(((TensorRef) result).value().name(), Contents.scalar(Element.of(dim)));
        }
    }

    private static boolean isScalar(IValue value) {
        return value instanceof TensorRef tensor
                && tensor.dataType() == DataType.INT64
                && tensor.shape().ranked()
                && tensor.shape().rank() == 0;
    }

    private static Optional<SizeExpr> size(IValue value, Sizes sizes, Facts facts) {
        if (value instanceof IValue.Int number) {
            return Optional.of(number.value());
        }
        if (!isScalar(value)) {
            return Optional.empty();
        }
        Value scalar = ((TensorRef) value).value();
        return facts.elements(scalar)
                .map(contents -> contents.elements().get(0))
                .flatMap(element -> element instanceof Element.Whole whole
                        ? Optional.of(SizeExpr.of(whole.value()))
                        : element.toDim() instanceof Dim.Symbol symbol
                                ? Optional.of(sizes.expression(symbol))
                                : Optional.empty());
    }
}
