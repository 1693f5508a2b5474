package dev.entrepot.importers.chainer.functions;

import static dev.entrepot.importers.chainer.functions.Entries.one;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Indexing as NumPy does it. Source: chainer/functions/array/get_item.py. */
final class Indexing {

    // spotless:off
    static final List<Support> TABLE = List.of(one("get_item(x, slices)", Indexing::getItem));
    // spotless:on

    private Indexing() {}

    private static Value getItem(FunctionCall call) {
        Value x = call.value("x");
        List<Argument> slices = new ArrayList<>(call.items("slices"));
        int ellipsis = slices.indexOf(Argument.ELLIPSIS);
        if (ellipsis >= 0) {
            slices.remove(ellipsis);
            while (slices.size() < call.rank(x)) {
                slices.add(ellipsis, new Argument.Slice(Argument.NONE, Argument.NONE, Argument.NONE));
            }
        }
        Value result = x;
        for (int axis = 0; axis < slices.size(); axis++) {
            if (!(slices.get(axis) instanceof Argument.Slice slice) || !(slice.step() instanceof Argument.None)) {
                throw call.unsupported("indexing by " + slices.get(axis).sort() + " is not there yet");
            }
            if (slice.start() instanceof Argument.None && slice.stop() instanceof Argument.None) {
                continue;
            }
            SizeExpr start = slice.start() instanceof Argument.Whole whole ? whole.value() : SizeExpr.ZERO;
            SizeExpr end = slice.stop() instanceof Argument.Whole whole ? whole.value() : SizeExpr.of(Long.MAX_VALUE);
            result = call.slice(result, axis, start, end);
        }
        return result;
    }
}
