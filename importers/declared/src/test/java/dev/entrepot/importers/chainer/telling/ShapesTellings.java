package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Elements under other sizes, repeated, or in another order of axes. Source: chainer/functions/array. */
final class ShapesTellings {

    static final List<Telling> ALL = List.of(
            new Telling("broadcast", ShapesTellings::broadcast),
            new Telling("broadcast_to", ShapesTellings::broadcastTo),
            new Telling("cast", ShapesTellings::cast),
            new Telling("copy", ShapesTellings::copy),
            new Telling("depth2space", ShapesTellings::depthToSpace),
            new Telling("diagonal", ShapesTellings::diagonal),
            new Telling("expand_dims", ShapesTellings::expandDims),
            new Telling("flatten", ShapesTellings::flatten),
            new Telling("flip", dice -> flip(dice, true, 0)),
            new Telling("fliplr", dice -> flip(dice, false, 1)),
            new Telling("flipud", dice -> flip(dice, false, 0)),
            new Telling("moveaxis", ShapesTellings::moveAxis),
            new Telling("repeat", ShapesTellings::repeat),
            new Telling("reshape", ShapesTellings::reshape),
            new Telling("rollaxis", ShapesTellings::rollAxis),
            new Telling("space2depth", ShapesTellings::spaceToDepth),
            new Telling("squeeze", ShapesTellings::squeeze),
            new Telling("swapaxes", ShapesTellings::swapAxes),
            new Telling("tile", ShapesTellings::tile),
            new Telling("transpose", ShapesTellings::transpose));

    private ShapesTellings() {}

    private static NdArray array(Dice dice, int leastRank) {
        return dice.normal(dice.sizes(dice.between(leastRank, 4), 1, 5));
    }

    private static int negative(Dice dice, int axis, int rank) {
        return dice.chance(40) ? axis - rank : axis;
    }

    /** Source: broadcast.py, numpy.broadcast_arrays. */
    private static Call broadcast(Dice dice) {
        int[] shape = dice.sizes(dice.between(1, 3), 1, 4);
        int count = dice.between(1, 3);
        NdArray[] given = IntStream.range(0, count)
                .mapToObj(k -> dice.normal(IntStream.of(shape)
                        .skip(dice.between(0, shape.length))
                        .map(size -> dice.chance(30) ? 1 : size)
                        .toArray()))
                .toArray(NdArray[]::new);
        int rank = Arrays.stream(given).mapToInt(NdArray::rank).max().orElseThrow();
        int[] common = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            common[axis] = 1;
            for (NdArray one : given) {
                int own = axis - rank + one.rank();
                common[axis] = own >= 0 ? Math.max(common[axis], one.size(own)) : common[axis];
            }
        }
        return Call.of((Object[]) given)
                .gives(Arrays.stream(given)
                        .map(one -> NdArray.of(common, one::broadcast))
                        .toArray(NdArray[]::new));
    }

    private static Call broadcastTo(Dice dice) {
        int[] shape = dice.sizes(dice.between(1, 4), 1, 4);
        NdArray x = dice.normal(IntStream.of(shape)
                .skip(dice.between(0, shape.length))
                .map(size -> dice.chance(40) ? 1 : size)
                .toArray());
        return Call.of(x, shape).gives(NdArray.of(shape, x::broadcast));
    }

    /** Source: cast.py; floats are cut towards zero. */
    private static Call cast(Dice dice) {
        NdArray x = dice.uniform(-5, 5, dice.sizes(dice.between(0, 3), 1, 5));
        DataType type = dice.oneOf(DataType.DOUBLE, DataType.INT32, DataType.INT64, DataType.BOOL);
        return Call.of(x, type)
                .gives(x.map(v -> type == DataType.DOUBLE ? v : type == DataType.BOOL ? v != 0 ? 1 : 0 : (long) v)
                        .as(type));
    }

    private static Call copy(Dice dice) {
        NdArray x = array(dice, 0);
        return (dice.chance(50) ? Call.of(x, -1) : Call.of(x, "@numpy")).gives(x);
    }

    /** Source: depth2space.py, the branch of NumPy. */
    private static Call depthToSpace(Dice dice) {
        int r = dice.between(1, 3);
        int c = dice.between(1, 3);
        NdArray x = dice.normal(dice.between(1, 3), c * r * r, dice.between(1, 4), dice.between(1, 4));
        int[] shape = {x.size(0), c, x.size(2) * r, x.size(3) * r};
        return Call.of(x, r)
                .gives(NdArray.of(shape, i -> x.at(i[0], (i[2] % r * r + i[3] % r) * c + i[1], i[2] / r, i[3] / r)));
    }

    /** Source: space2depth.py. */
    private static Call spaceToDepth(Dice dice) {
        int r = dice.between(1, 3);
        NdArray x = dice.normal(dice.between(1, 3), dice.between(1, 3), r * dice.between(1, 3), r * dice.between(1, 3));
        int c = x.size(1);
        int[] shape = {x.size(0), r * r * c, x.size(2) / r, x.size(3) / r};
        return Call.of(x, r)
                .gives(NdArray.of(shape, i -> x.at(i[0], i[1] % c, i[2] * r + i[1] / c / r, i[3] * r + i[1] / c % r)));
    }

    /** Source: diagonal.py, numpy.ndarray.diagonal. */
    private static Call diagonal(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(2, 4), 1, 5));
        int[] axes = dice.permutation(x.rank());
        int offset = dice.between(-2, 2);
        int rows = x.size(axes[0]);
        int columns = x.size(axes[1]);
        int count = Math.max(0, Math.min(rows + Math.min(offset, 0), columns - Math.max(offset, 0)));
        int[] rest = IntStream.range(0, x.rank())
                .filter(axis -> axis != axes[0] && axis != axes[1])
                .toArray();
        int[] shape = IntStream.concat(IntStream.of(rest).map(x::size), IntStream.of(count))
                .toArray();
        NdArray expected = NdArray.of(shape, i -> {
            int[] from = new int[x.rank()];
            for (int k = 0; k < rest.length; k++) {
                from[rest[k]] = i[k];
            }
            from[axes[0]] = i[rest.length] + Math.max(0, -offset);
            from[axes[1]] = i[rest.length] + Math.max(0, offset);
            return x.at(from);
        });
        return Call.of(x)
                .with("offset", offset)
                .with("axis1", negative(dice, axes[0], x.rank()))
                .with("axis2", negative(dice, axes[1], x.rank()))
                .gives(expected);
    }

    private static Call expandDims(Dice dice) {
        NdArray x = array(dice, 0);
        int axis = dice.between(0, x.rank());
        List<Integer> shape = new ArrayList<>(IntStream.of(x.shape()).boxed().toList());
        shape.add(axis, 1);
        return Call.of(x, negative(dice, axis, x.rank() + 1))
                .gives(x.reshaped(shape.stream().mapToInt(Integer::intValue).toArray()));
    }

    private static Call flatten(Dice dice) {
        NdArray x = array(dice, 0);
        return Call.of(x).gives(x.reshaped(x.data().length));
    }

    /** Source: flip.py, fliplr.py, flipud.py. */
    private static Call flip(Dice dice, boolean told, int fixed) {
        NdArray x = array(dice, fixed + 1);
        int axis = told ? dice.between(0, x.rank() - 1) : fixed;
        NdArray expected = NdArray.of(x.shape(), i -> {
            int[] from = i.clone();
            from[axis] = x.size(axis) - 1 - i[axis];
            return x.at(from);
        });
        return (told ? Call.of(x, negative(dice, axis, x.rank())) : Call.of(x)).gives(expected);
    }

    private static NdArray ordered(NdArray x, List<Integer> order) {
        int[] shape = order.stream().mapToInt(x::size).toArray();
        return NdArray.of(shape, i -> {
            int[] from = new int[i.length];
            for (int k = 0; k < i.length; k++) {
                from[order.get(k)] = i[k];
            }
            return x.at(from);
        });
    }

    /** Source: moveaxis.py, _moveaxis. */
    private static Call moveAxis(Dice dice) {
        NdArray x = array(dice, 1);
        int count = dice.between(1, x.rank());
        int[] source = Arrays.copyOf(dice.permutation(x.rank()), count);
        int[] destination = Arrays.copyOf(dice.permutation(x.rank()), count);
        Integer[] order = new Integer[x.rank()];
        for (int k = 0; k < count; k++) {
            order[destination[k]] = source[k];
        }
        int next = 0;
        for (int axis = 0; axis < x.rank(); axis++) {
            int moved = axis;
            if (IntStream.of(source).noneMatch(from -> from == moved)) {
                while (order[next] != null) {
                    next++;
                }
                order[next] = axis;
            }
        }
        NdArray expected = ordered(x, List.of(order));
        int[] given =
                IntStream.of(source).map(axis -> negative(dice, axis, x.rank())).toArray();
        return (count == 1 ? Call.of(x, given[0], destination[0]) : Call.of(x, given, destination)).gives(expected);
    }

    /** Until the axis lies before {@code start}. Source: rollaxis.py, numpy.rollaxis. */
    private static Call rollAxis(Dice dice) {
        NdArray x = array(dice, 1);
        int axis = dice.between(0, x.rank() - 1);
        int start = dice.between(0, x.rank());
        List<Integer> order = new ArrayList<>();
        for (int place = 0; place <= x.rank(); place++) {
            if (place == start) {
                order.add(axis);
            }
            if (place < x.rank() && place != axis) {
                order.add(place);
            }
        }
        int given = start < x.rank() && dice.chance(30) ? start - x.rank() : start;
        return Call.of(x, negative(dice, axis, x.rank()), given).gives(ordered(x, order));
    }

    private static Call swapAxes(Dice dice) {
        NdArray x = array(dice, 1);
        int one = dice.between(0, x.rank() - 1);
        int other = dice.between(0, x.rank() - 1);
        List<Integer> order = IntStream.range(0, x.rank())
                .mapToObj(axis -> axis == one ? other : axis == other ? one : axis)
                .toList();
        return Call.of(x, negative(dice, one, x.rank()), negative(dice, other, x.rank()))
                .gives(ordered(x, order));
    }

    private static Call transpose(Dice dice) {
        NdArray x = array(dice, 0);
        if (dice.chance(30)) {
            return Call.of(x)
                    .gives(ordered(
                            x,
                            IntStream.range(0, x.rank())
                                    .mapToObj(axis -> x.rank() - 1 - axis)
                                    .toList()));
        }
        int[] order = dice.permutation(x.rank());
        return Call.of(
                        x,
                        IntStream.of(order)
                                .map(axis -> negative(dice, axis, x.rank()))
                                .toArray())
                .gives(ordered(x, IntStream.of(order).boxed().toList()));
    }

    /** Source: repeat.py, numpy.repeat. */
    private static Call repeat(Dice dice) {
        NdArray given = array(dice, 1);
        boolean flat = dice.chance(30);
        NdArray x = flat ? given.reshaped(given.data().length) : given;
        int axis = flat ? 0 : dice.between(0, x.rank() - 1);
        boolean each = dice.chance(50);
        int[] counts = each ? dice.sizes(x.size(axis), 0, 3) : new int[] {dice.between(0, 3)};
        int[] places = IntStream.range(0, x.size(axis))
                .flatMap(i -> IntStream.generate(() -> i).limit(counts[each ? i : 0]))
                .toArray();
        int[] shape = x.shape().clone();
        shape[axis] = places.length;
        NdArray expected = NdArray.of(shape, i -> {
            int[] from = i.clone();
            from[axis] = places[i[axis]];
            return x.at(from);
        });
        Object repeats = each || dice.chance(30) ? counts : (Object) counts[0];
        return Call.of(given, repeats)
                .with("axis", flat ? null : negative(dice, axis, x.rank()))
                .gives(expected);
    }

    /** Source: reshape.py. */
    private static Call reshape(Dice dice) {
        NdArray x = array(dice, 1);
        List<Integer> sizes = new ArrayList<>(IntStream.of(x.shape()).boxed().toList());
        for (int k = dice.between(0, 2); k > 0; k--) {
            int at = dice.between(0, sizes.size() - 1);
            if (sizes.size() > 1 && at > 0 && dice.chance(50)) {
                sizes.set(at - 1, sizes.get(at - 1) * sizes.remove(at));
            } else {
                sizes.add(at, 1);
            }
        }
        int[] shape = sizes.stream().mapToInt(Integer::intValue).toArray();
        int[] given = shape.clone();
        if (dice.chance(50)) {
            given[dice.between(0, given.length - 1)] = -1;
        }
        return Call.of(x, given).gives(x.reshaped(shape));
    }

    /** Source: squeeze.py. */
    private static Call squeeze(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(1, 4), 1, 2));
        int[] ones =
                IntStream.range(0, x.rank()).filter(axis -> x.size(axis) == 1).toArray();
        int[] gone = dice.chance(40) ? ones : Arrays.copyOf(ones, dice.between(0, ones.length));
        int[] shape = IntStream.range(0, x.rank())
                .filter(axis -> IntStream.of(gone).noneMatch(one -> one == axis))
                .map(x::size)
                .toArray();
        Call call = gone == ones && dice.chance(50)
                ? Call.of(x)
                : gone.length == 1 && dice.chance(50)
                        ? Call.of(x, gone[0])
                        : Call.of(
                                x,
                                IntStream.of(gone)
                                        .map(axis -> negative(dice, axis, x.rank()))
                                        .toArray());
        return call.gives(x.reshaped(shape));
    }

    /** Source: tile.py, numpy.tile. */
    private static Call tile(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(0, 3), 1, 4));
        int[] reps = dice.sizes(dice.between(1, 4), 0, 3);
        int rank = Math.max(x.rank(), reps.length);
        int[] shape = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int own = axis - rank + x.rank();
            int times = axis - rank + reps.length;
            shape[axis] = (own >= 0 ? x.size(own) : 1) * (times >= 0 ? reps[times] : 1);
        }
        NdArray expected = NdArray.of(shape, i -> {
            int[] from = new int[x.rank()];
            for (int axis = 0; axis < from.length; axis++) {
                from[axis] = i[axis + rank - x.rank()] % x.size(axis);
            }
            return x.at(from);
        });
        Object given = reps.length == 1 && dice.chance(50) ? (Object) reps[0] : reps;
        return Call.of(x, given).gives(expected);
    }
}
