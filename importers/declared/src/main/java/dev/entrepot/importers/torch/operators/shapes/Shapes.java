package dev.entrepot.importers.torch.operators.shapes;

import static dev.entrepot.importers.torch.operators.entries.Entries.inOrder;
import static dev.entrepot.importers.torch.operators.entries.Entries.inOrderIfContiguous;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The same elements in the same order under other sizes. */
public final class Shapes {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            inOrder("aten::_reshape_alias", Shapes::view, Shapes::likeBase),
            one("aten::_reshape_copy", Shapes::view),
            inOrder("aten::_unsafe_view", Shapes::view, Shapes::likeBase),
            one("aten::atleast_1d", call -> atLeast(call, call.value("self"), 1)),
            plain("aten::atleast_1d.Sequence", call -> atLeast(call, 1)),
            one("aten::atleast_2d", call -> atLeast(call, call.value("self"), 2)),
            plain("aten::atleast_2d.Sequence", call -> atLeast(call, 2)),
            one("aten::atleast_3d", call -> atLeast(call, call.value("self"), 3)),
            plain("aten::atleast_3d.Sequence", call -> atLeast(call, 3)),
            inOrderIfContiguous("aten::flatten", Shapes::flatten, Shapes::likeBase),
            inOrderIfContiguous("aten::ravel", call -> flat(call, call.value("self")), Shapes::likeBase),
            inOrderIfContiguous("aten::reshape", Shapes::view, Shapes::likeBase),
            inOrderIfContiguous("aten::reshape_as", Shapes::viewAs, Shapes::likeBase),
            inOrder("aten::squeeze", Shapes::squeeze, Shapes::likeBase),
            one("aten::squeeze_copy", Shapes::squeeze),
            inOrder("aten::unflatten", Shapes::unflatten, Shapes::likeBase),
            inOrder("aten::unsqueeze", Shapes::unsqueeze, Shapes::likeBase),
            one("aten::unsqueeze_copy", Shapes::unsqueeze),
            inOrder("aten::view", Shapes::view, Shapes::likeBase),
            refuse("aten::view.dtype", "the bytes of a tensor as another element type have no form in ONNX"),
            inOrder("aten::view_as", Shapes::viewAs, Shapes::likeBase),
            one("aten::view_copy", Shapes::view),
            refuse("aten::view_copy.dtype", "the bytes of a tensor as another element type have no form in ONNX"),
            inOrder(
                    "prims::collapse_view",
                    Shapes::collapse,
                    (call, output, changed) -> call.reshape(changed, call.sizes(call.value("a")))),
            one("prims::reshape", call -> call.reshape(call.value("a"), call.sizes("shape"))));
    // spotless:on

    private Shapes() {}

    /** All elements along one axis. */
    public static Value flat(AtenCall call, Value value) {
        return call.reshape(value, List.of(SizeExpr.product(call.sizes(value))));
    }

    /** The view's new value back under the sizes of the base. */
    static Value likeBase(AtenCall call, int output, Value changed) {
        return call.reshape(changed, call.sizes(call.value("self")));
    }

    private static Value view(AtenCall call) {
        Value self = call.value("self");
        String name = call.has("shape") ? "shape" : "size";
        return call.reshape(self, inferred(call, call.sizes(name), SizeExpr.product(call.sizes(self))));
    }

    /** Sizes of which one may be -1, for what is left of all elements. Source: aten/src/ATen/InferSize.h, infer_size. */
    private static List<SizeExpr> inferred(AtenCall call, List<SizeExpr> given, SizeExpr all) {
        List<SizeExpr> sizes = new ArrayList<>(given);
        int inferred = sizes.indexOf(SizeExpr.of(-1));
        if (inferred < 0) {
            return sizes;
        }
        sizes.set(inferred, SizeExpr.ONE);
        SizeExpr others = SizeExpr.product(sizes);
        if (others.is(0)) {
            throw call.malformed("cannot tell the size -1 in " + given + " of a tensor without elements");
        }
        sizes.set(inferred, all.floorDividedBy(others));
        return sizes;
    }

    private static Value viewAs(AtenCall call) {
        return call.reshape(call.value("self"), call.sizes(call.value("other")));
    }

    /** Source: aten/src/ATen/native/TensorShape.cpp, flatten. */
    private static Value flatten(AtenCall call) {
        Value self = call.value("self");
        if (call.rank(self) == 0) {
            return call.reshape(self, 1);
        }
        return collapsed(
                call, self, call.axis(self, call.integer("start_dim")), call.axis(self, call.integer("end_dim")));
    }

    private static Value collapse(AtenCall call) {
        return collapsed(
                call, call.value("a"), Math.toIntExact(call.integer("start")), Math.toIntExact(call.integer("end")));
    }

    private static Value collapsed(AtenCall call, Value value, int start, int end) {
        List<SizeExpr> sizes = call.sizes(value);
        if (start > end) {
            throw call.malformed("start_dim " + start + " is after end_dim " + end);
        }
        List<SizeExpr> flat = new ArrayList<>(sizes.subList(0, start));
        flat.add(SizeExpr.product(sizes.subList(start, end + 1)));
        flat.addAll(sizes.subList(end + 1, sizes.size()));
        return call.reshape(value, flat);
    }

    /** Source: aten/src/ATen/native/TensorShape.cpp, unflatten_impl. */
    private static Value unflatten(AtenCall call) {
        Value self = call.value("self");
        int axis = call.axis(self, call.integer("dim"));
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(self));
        List<SizeExpr> parts = inferred(call, call.sizes("sizes"), sizes.remove(axis));
        sizes.addAll(axis, parts);
        return call.reshape(self, sizes);
    }

    private static Value unsqueeze(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(self));
        long dim = call.integer("dim");
        long axis = dim < 0 ? dim + sizes.size() + 1 : dim;
        if (axis < 0 || axis > sizes.size()) {
            throw call.malformed(
                    "dimension " + dim + " is not within the " + (sizes.size() + 1) + " dimensions of the result");
        }
        return call.unsqueeze(self, axis);
    }

    /** An axis whose size is a symbol stays: symbols of inputs stand for sizes in general, not for 1. */
    private static Value squeeze(AtenCall call) {
        Value self = call.value("self");
        if (call.rank(self) == 0) {
            return self;
        }
        Set<Long> asked = new HashSet<>();
        if (call.has("dim")) {
            for (long axis : call.ints("dim")) {
                asked.add((long) call.axis(self, axis));
            }
        }
        List<Long> ones = new ArrayList<>();
        for (int axis = 0; axis < call.rank(self); axis++) {
            SizeExpr size = call.size(self, axis);
            boolean wanted = !call.has("dim") || asked.contains((long) axis);
            if (wanted && size.is(1)) {
                ones.add((long) axis);
            }
            if (wanted && !size.isNumber()) {
                call.warn("dimension " + axis + " of size " + size + " is taken not to be 1");
            }
        }
        return ones.isEmpty()
                ? self
                : call.squeeze(self, ones.stream().mapToLong(Long::longValue).toArray());
    }

    private static IValue atLeast(AtenCall call, int rank) {
        return call.results(call.values("tensors").stream()
                .map(value -> atLeast(call, value, rank))
                .toList());
    }

    /** Source: aten/src/ATen/native/TensorTransformations.cpp, atleast_3d: a vector becomes [1, n, 1], a matrix [m, n, 1]. */
    public static Value atLeast(AtenCall call, Value value, int rank) {
        List<SizeExpr> sizes = new ArrayList<>(call.sizes(value));
        if (sizes.size() >= rank) {
            return value;
        }
        if (sizes.isEmpty()) {
            sizes.addAll(Collections.nCopies(rank, SizeExpr.ONE));
        } else if (sizes.size() == 1) {
            sizes.add(0, SizeExpr.ONE);
        }
        if (sizes.size() < rank) {
            sizes.add(SizeExpr.ONE);
        }
        return call.reshape(value, sizes);
    }
}
