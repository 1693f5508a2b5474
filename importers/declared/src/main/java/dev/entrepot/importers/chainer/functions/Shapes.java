package dev.entrepot.importers.chainer.functions;

import static dev.entrepot.importers.chainer.functions.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Functions that arrange elements anew. Source: chainer/functions/array. */
final class Shapes {

    // spotless:off
    static final List<Support> TABLE = List.of(
            one(
                    "concat(xs, axis=1)",
                    call -> call.concat(call.axis(call.values("xs").get(0), call.whole("axis")), call.values("xs"))),
            one("reshape(x, shape)", Shapes::reshape));
    // spotless:on

    private Shapes() {}

    private static Value reshape(FunctionCall call) {
        Value x = call.value("x");
        List<SizeExpr> shape = new ArrayList<>(call.sizes("shape"));
        int open = shape.indexOf(SizeExpr.of(-1));
        if (open >= 0) {
            shape.remove(open);
            SizeExpr rest = SizeExpr.product(call.sizes(x))
                    .exactQuotient(SizeExpr.product(shape))
                    .orElseThrow(() -> call.malformed("cannot reshape " + x.shape() + " to "
                            + call.get("shape").sort()));
            shape.add(open, rest);
        }
        return call.reshape(x, shape);
    }
}
