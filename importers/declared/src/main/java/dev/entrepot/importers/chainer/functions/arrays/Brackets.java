package dev.entrepot.importers.chainer.functions.arrays;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.functions.entries.KnownArrays;
import dev.entrepot.importers.size.Atom;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What stands within the brackets behind an array, each item with the axis it is about. Source: NumPy's rules of indexing
 * (numpy/core/src/multiarray/mapping.c, prepare_index).
 *
 * @param items the items in order; all axes of the array have one
 */
record Brackets(List<Item> items) {

    Brackets {
        items = List.copyOf(items);
    }

    /** An item. */
    sealed interface Item {}

    /** None: a new axis of size 1. */
    record Fresh() implements Item {}

    /** An Ellipsis that stands for no axis; it still comes between its neighbours. */
    record Gap() implements Item {}

    /** Part of an axis. */
    record Part(int axis, Slice slice) implements Item {}

    /** One element of an axis: an integer scalar. */
    record One(int axis, Value index) implements Item {}

    /** Elements of an axis by an array of integers. */
    record Many(int axis, Value indices) implements Item {}

    /** The items of a tuple, read for an array. */
    static Brackets read(FunctionCall call, Value x, List<Argument> given) {
        return new Reader(call, x).read(given);
    }

    /** The items that pick elements by arrays. */
    List<Many> arrays() {
        return items.stream()
                .filter(Many.class::isInstance)
                .map(Many.class::cast)
                .toList();
    }

    /** The items that pick one element. */
    List<One> ones() {
        return items.stream().filter(One.class::isInstance).map(One.class::cast).toList();
    }

    /** The items that take a part. */
    List<Part> parts() {
        return items.stream()
                .filter(Part.class::isInstance)
                .map(Part.class::cast)
                .toList();
    }

    /** Whether arrays and integers stand side by side, so that their axes stay where they are. */
    boolean adjacent() {
        int[] places = IntStream.range(0, items.size())
                .filter(i -> items.get(i) instanceof Many || items.get(i) instanceof One)
                .toArray();
        return places.length == 0 || places[places.length - 1] - places[0] == places.length - 1;
    }

    private static final class Reader {
        private final FunctionCall call;
        private final Value x;
        private final List<Item> items = new ArrayList<>();
        private int axis;

        Reader(FunctionCall call, Value x) {
            this.call = call;
            this.x = x;
        }

        Brackets read(List<Argument> given) {
            if (given.stream().filter(Argument.ELLIPSIS::equals).count() > 1) {
                throw call.malformed("an index can only have a single Ellipsis");
            }
            int used = given.stream().mapToInt(this::axesOf).sum();
            int left = call.rank(x) - used;
            if (left < 0) {
                throw call.malformed("has " + used + " indices for an array of shape " + x.shape());
            }
            for (Argument item : given) {
                if (item.equals(Argument.ELLIPSIS)) {
                    rest(left);
                } else {
                    add(item);
                }
            }
            if (!given.contains(Argument.ELLIPSIS)) {
                for (int i = 0; i < left; i++) {
                    items.add(new Part(axis++, Slice.ALL));
                }
            }
            return new Brackets(items);
        }

        private void rest(int count) {
            if (count == 0) {
                items.add(new Gap());
            }
            for (int i = 0; i < count; i++) {
                items.add(new Part(axis++, Slice.ALL));
            }
        }

        private int axesOf(Argument item) {
            if (item instanceof Argument.None || item.equals(Argument.ELLIPSIS)) {
                return 0;
            }
            return isMask(item) ? call.rank(asArray(item)) : 1;
        }

        private boolean isMask(Argument item) {
            return item instanceof Argument.Array array && array.value().dataType() == DataType.BOOL
                    || item instanceof Argument.Items list && allFlags(list);
        }

        private static boolean allFlags(Argument.Items list) {
            return !list.items().isEmpty()
                    && list.items().stream()
                            .allMatch(item -> item instanceof Argument.Flag
                                    || item instanceof Argument.Items inner && allFlags(inner));
        }

        private void add(Argument item) {
            if (item instanceof Argument.None) {
                items.add(new Fresh());
            } else if (item instanceof Argument.Slice slice) {
                items.add(new Part(axis, new Slice(bound(slice.start()), bound(slice.stop()), bound(slice.step()))));
                axis++;
            } else if (isMask(item)) {
                mask(asArray(item));
            } else if (item instanceof Argument.Whole whole) {
                items.add(new One(axis, scalar(whole.value())));
                axis++;
            } else if (item instanceof Argument.Array || item instanceof Argument.Items) {
                array(asArray(item));
            } else {
                throw call.unsupported("indexing by " + item.sort() + " has no form here");
            }
        }

        private Value scalar(SizeExpr index) {
            if (!index.isNumber()) {
                return call.squeeze(call.vector(List.of(index)), 0);
            }
            return call.scalar(inRange(index.number().getAsLong()), DataType.INT64);
        }

        private long inRange(long index) {
            SizeExpr size = call.size(x, axis);
            if (size.isNumber()
                    && (index < -size.number().getAsLong()
                            || index >= size.number().getAsLong())) {
                throw call.malformed("index " + index + " is out of bounds for axis " + axis + " with size " + size);
            }
            return index;
        }

        private void array(Value indices) {
            if (indices.dataType().isFloatingPoint()) {
                throw call.malformed("arrays used as indices must be of integer or boolean type, got "
                        + indices.dataType().numpyName());
            }
            Optional<long[]> known = KnownArrays.longs(call, indices);
            known.ifPresent(numbers -> Arrays.stream(numbers).forEach(this::inRange));
            Value usable = known.map(numbers -> call.constant(Tensor.of(indices.shape(), numbers)))
                    .orElseGet(() -> call.cast(indices, DataType.INT64));
            items.add(call.rank(indices) == 0 ? new One(axis, usable) : new Many(axis, usable));
            axis++;
        }

        /** A mask stands for as many axes as it has: the places of its true elements, a vector an axis. */
        private void mask(Value mask) {
            int rank = call.rank(mask);
            if (rank == 0) {
                throw call.unsupported("indexing by a single True or False has no form here");
            }
            for (int i = 0; i < rank; i++) {
                SizeExpr own = call.size(mask, i);
                SizeExpr size = call.size(x, axis + i);
                if (own.isNumber() && size.isNumber() && !own.equals(size)) {
                    throw call.malformed("a mask of shape " + mask.shape() + " does not fit an array of shape "
                            + x.shape() + " from axis " + axis + " on");
                }
            }
            Optional<long[]> known = KnownArrays.longs(call, mask);
            if (known.isPresent()) {
                for (long[] places : KnownArrays.nonzero(known.get(), mask.shape())) {
                    items.add(new Many(axis++, call.vector(places)));
                }
                return;
            }
            Value places = call.add("NonZero", mask);
            for (int i = 0; i < rank; i++) {
                items.add(new Many(axis++, call.add("Gather", places, call.scalar(i, DataType.INT64))));
            }
        }

        private Value asArray(Argument item) {
            return item instanceof Argument.Array array ? array.value() : listed((Argument.Items) item);
        }

        private Value listed(Argument.Items list) {
            if (list.items().stream().allMatch(Argument.Whole.class::isInstance)) {
                return call.vector(list.items().stream()
                        .map(item -> ((Argument.Whole) item).value())
                        .toList());
            }
            List<Long> flat = new ArrayList<>();
            List<Long> shape = new ArrayList<>();
            flatten(list, 0, flat, shape);
            long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
            if (!allFlags(list)) {
                return call.constant(Tensor.of(
                        Shape.of(sizes),
                        flat.stream().mapToLong(Long::longValue).toArray()));
            }
            return call.constant(KnownArrays.flags(Shape.of(sizes), flat));
        }

        private void flatten(Argument item, int depth, List<Long> flat, List<Long> shape) {
            if (item instanceof Argument.Items list) {
                if (shape.size() == depth) {
                    shape.add((long) list.items().size());
                }
                if (shape.get(depth) != list.items().size()) {
                    throw call.malformed("a list of indices has rows of different lengths");
                }
                list.items().forEach(inner -> flatten(inner, depth + 1, flat, shape));
            } else if (item instanceof Argument.Whole whole && whole.value().isNumber()) {
                flat.add(whole.value().number().getAsLong());
            } else if (item instanceof Argument.Flag flag) {
                flat.add(flag.value() ? 1L : 0L);
            } else {
                throw call.unsupported(
                        "a list of indices holds " + item.sort() + ", expected whole numbers that are known");
            }
        }

        private Optional<SizeExpr> bound(Argument bound) {
            if (bound instanceof Argument.None) {
                return Optional.empty();
            } else if (bound instanceof Argument.Whole whole) {
                return Optional.of(whole.value());
            } else if (bound instanceof Argument.Array array && call.rank(array.value()) == 0) {
                Optional<long[]> known = KnownArrays.longs(call, array.value());
                return Optional.of(known.map(numbers -> SizeExpr.of(numbers[0]))
                        .orElseGet(() -> SizeExpr.of(new Atom.Computed(call.cast(array.value(), DataType.INT64)))));
            }
            throw call.malformed("a slice has the bound " + bound.sort() + ", expected a whole number");
        }
    }

    /**
     * A part of an axis as Python's slices have it.
     *
     * @param start the first, may be negative
     * @param stop the one behind the last, may be negative
     * @param step from one to the next, not 0
     */
    record Slice(Optional<SizeExpr> start, Optional<SizeExpr> stop, Optional<SizeExpr> step) {

        static final Slice ALL = new Slice(Optional.empty(), Optional.empty(), Optional.empty());

        /** Every element, the last one first. */
        static final Slice BACKWARDS = new Slice(Optional.empty(), Optional.empty(), Optional.of(SizeExpr.of(-1)));

        boolean isAll() {
            return (start.isEmpty() || start.get().is(0))
                    && stop.isEmpty()
                    && (step.isEmpty() || step.get().is(1));
        }
    }
}
