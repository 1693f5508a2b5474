package dev.entrepot.importers.chainer.functions;

import static dev.entrepot.importers.chainer.functions.Entries.one;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.onnx.graph.Value;
import java.util.List;

/** The operators of variables. A number takes the element type of the variable beside it. Source: chainer/functions/math/basic_math.py. */
final class Arithmetic {

    // spotless:off
    static final List<Support> TABLE = List.of(
            one("add(*xs)", Arithmetic::add),
            one("div(self, rhs)", call -> paired(call, "Div", "self", "rhs")),
            one("mul(self, rhs)", call -> paired(call, "Mul", "self", "rhs")),
            one("neg(self)", call -> call.add("Neg", call.value("self"))),
            one("rdiv(self, rhs)", call -> paired(call, "Div", "rhs", "self")),
            one("rsub(self, rhs)", call -> paired(call, "Sub", "rhs", "self")),
            one("sub(self, rhs)", call -> paired(call, "Sub", "self", "rhs")));
    // spotless:on

    private Arithmetic() {}

    private static Value add(FunctionCall call) {
        Argument first = call.items("xs").get(0);
        List<Value> values = call.values("xs");
        Value sum = values.get(0);
        for (int i = 1; i < values.size(); i++) {
            Value next = values.get(i);
            sum = first instanceof Argument.Array
                    ? call.add("Add", sum, call.cast(next, sum.dataType()))
                    : call.add("Add", call.cast(sum, next.dataType()), next);
        }
        return sum;
    }

    private static Value paired(FunctionCall call, String op, String left, String right) {
        return call.get(left) instanceof Argument.Array
                ? call.add(
                        op, call.value(left), call.value(right, call.value(left).dataType()))
                : call.add(op, call.value(left, call.value(right).dataType()), call.value(right));
    }
}
