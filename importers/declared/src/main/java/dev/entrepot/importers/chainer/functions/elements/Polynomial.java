package dev.entrepot.importers.chainer.functions.elements;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.stream.IntStream;

/** A polynomial in float64, told by its coefficients, lowest power first. */
record Polynomial(double... coefficients) {

    /** Its values where float64 x is: a product of the powers of x and the coefficients. */
    Value at(FunctionCall call, Value x) {
        double[] exponents =
                IntStream.range(0, coefficients.length).asDoubleStream().toArray();
        Value powers = call.add("Pow", call.unsqueeze(x, -1), vector(call, exponents));
        return call.add("MatMul", powers, vector(call, coefficients));
    }

    private static Value vector(FunctionCall call, double... numbers) {
        return call.constant(Tensor.of(Shape.of(numbers.length), numbers));
    }

    /** [...] -> [..., count]: x, x + 1, x + 2 and so on. */
    static Value counted(FunctionCall call, Value x, int count) {
        double[] steps = IntStream.range(0, count).asDoubleStream().toArray();
        return call.add("Add", call.unsqueeze(x, -1), vector(call, steps));
    }

    /** [..., count] -> [...]: the sum along the last axis. */
    static Value total(FunctionCall call, Value terms) {
        return call.add("ReduceSum", Attributes.of("keepdims", 0), terms, call.vector(-1));
    }

    /** {@code factor x + term}, in float64. */
    static Value line(FunctionCall call, double factor, Value x, double term) {
        Value product = factor == 1 ? x : call.add("Mul", x, call.scalar(factor, DataType.DOUBLE));
        return call.add("Add", product, call.scalar(term, DataType.DOUBLE));
    }
}
