package dev.entrepot.importers.chainer.functions.arrays;

import static dev.entrepot.importers.chainer.functions.entries.Entries.one;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.entries.KnownArrays;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The same elements under other sizes or as another type. Source: chainer/functions/array. */
public final class Shapes {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE = List.of(
            one("cast(x, typ)", call -> call.cast(call.value("x"), call.dtype("typ"))),
            one("copy(x, dst)", call -> call.value("x")),
            one("depth2space(X, r)", Shapes::depthToSpace),
            one("expand_dims(x, axis)", Shapes::expandDims),
            one("flatten(x)", call -> flat(call, call.value("x"))),
            one("reshape(x, shape)", Shapes::reshape),
            one("space2depth(X, r)", Shapes::spaceToDepth),
            one("squeeze(x, axis=None)", Shapes::squeeze));
    // spotless:on

    private Shapes() {}

    /** The elements in one axis. */
    public static Value flat(FunctionCall call, Value x) {
        return call.reshape(x, List.of(SizeExpr.product(call.sizes(x))));
    }

    /** A size below 0 stands for what is left. Source: reshape.py, _count_unknown_dims. */
    private static Value reshape(FunctionCall call) {
        Value x = call.value("x");
        List<SizeExpr> shape = new ArrayList<>(KnownArrays.wholes(call, "shape"));
        SizeExpr count = SizeExpr.product(call.sizes(x));
        long[] open = LongStream.range(0, shape.size())
                .filter(i -> shape.get((int) i).isNumber()
                        && shape.get((int) i).sign().getAsInt() < 0)
                .toArray();
        if (open.length > 1) {
            throw call.malformed("the shape " + shape + " has more than one size to be found");
        }
        if (open.length == 1) {
            shape.set((int) open[0], SizeExpr.ONE);
            shape.set((int) open[0], rest(call, x, count, shape));
        }
        SizeExpr wanted = SizeExpr.product(shape);
        if (wanted.isNumber() && count.isNumber() && !wanted.equals(count)) {
            throw call.malformed("cannot reshape an array of shape " + x.shape() + " to " + shape);
        }
        return call.reshape(x, shape);
    }

    private static SizeExpr rest(FunctionCall call, Value x, SizeExpr count, List<SizeExpr> others) {
        SizeExpr known = SizeExpr.product(others);
        boolean impossible = known.is(0)
                || count.isNumber() && known.isNumber() && !count.modulo(known).is(0);
        if (impossible) {
            throw call.malformed(
                    "cannot reshape an array of shape " + x.shape() + " to rows of " + known + " elements");
        }
        return count.floorDividedBy(known);
    }

    private static Value expandDims(FunctionCall call) {
        Value x = call.value("x");
        long axis = call.whole("axis");
        int rank = call.rank(x) + 1;
        if (axis < -rank || axis >= rank) {
            throw call.malformed("axis " + axis + " is out of range for an array of shape " + x.shape());
        }
        return call.unsqueeze(x, Math.floorMod(axis, rank));
    }

    /** Without axis, all axes of size 1 go; a symbolic size is taken not to be 1. */
    private static Value squeeze(FunctionCall call) {
        Value x = call.value("x");
        if (call.has("axis")) {
            return call.squeeze(x, call.axes(x, "axis"));
        }
        List<SizeExpr> sizes = call.sizes(x);
        sizes.stream()
                .filter(size -> !size.isNumber())
                .forEach(size -> call.warn("the size " + size + " is taken not to be 1"));
        return call.squeeze(
                x,
                LongStream.range(0, sizes.size())
                        .filter(axis -> sizes.get((int) axis).is(1))
                        .toArray());
    }

    /** The channels' first part says where in the block. Source: depth2space.py. */
    private static Value depthToSpace(FunctionCall call) {
        Attributes attributes = Attributes.of("blocksize", call.whole("r")).with("mode", "DCR");
        return call.add("DepthToSpace", attributes, call.value("X"));
    }

    private static Value spaceToDepth(FunctionCall call) {
        return call.add("SpaceToDepth", Attributes.of("blocksize", call.whole("r")), call.value("X"));
    }
}
