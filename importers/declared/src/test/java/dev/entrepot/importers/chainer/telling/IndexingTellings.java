package dev.entrepot.importers.chainer.telling;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.telling.Telling.Call;
import dev.entrepot.importers.chainer.telling.Telling.Weight;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Elements picked by indices. */
final class IndexingTellings {

    static final List<Telling> ALL = List.of(
            new Telling("get_item", IndexingTellings::getItem),
            new Telling("permutate", IndexingTellings::permutate),
            new Telling("scatter_add", IndexingTellings::scatterAdd),
            new Telling("select_item", IndexingTellings::selectItem),
            new Telling("where", IndexingTellings::where));

    private IndexingTellings() {}

    /** Source: chainer/functions/array/get_item.py, which leaves all to NumPy. */
    private static Call getItem(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(1, 4), 2, 5));
        List<Object> items = NumpyIndex.draw(dice, x);
        NumpyIndex index = new NumpyIndex(x, items);
        return Call.of(x, index.arguments()).gives(index.picked());
    }

    /** Adds as often as an element is picked. Source: scatter_add.py, numpy.add.at. */
    private static Call scatterAdd(Dice dice) {
        NdArray a = dice.normal(dice.sizes(dice.between(1, 3), 2, 4));
        NdArray numbers = new NdArray(
                DataType.FLOAT,
                a.shape(),
                IntStream.range(0, a.data().length).asDoubleStream().toArray());
        List<Object> items = NumpyIndex.draw(dice, a);
        // Chainer counts an Ellipsis as an axis.
        if (items.size() > a.rank()) {
            items.remove(Argument.ELLIPSIS);
        }
        NumpyIndex index = new NumpyIndex(a, items);
        NdArray places = new NumpyIndex(numbers, index.items()).picked();
        NdArray b = dice.normal(places.shape());
        double[] sum = a.data().clone();
        for (int i = 0; i < b.data().length; i++) {
            sum[(int) places.data()[i]] += b.data()[i];
        }
        return Call.of(a, index.arguments(), b).gives(new NdArray(a.type(), a.shape(), sum));
    }

    /** Source: select_item.py. */
    private static Call selectItem(Dice dice) {
        NdArray x = dice.normal(dice.sizes(2, 2, 6));
        NdArray t = dice.wholes(0, x.size(1) - 1, x.size(0));
        NdArray any = dice.chance(30) ? t.as(DataType.INT64) : t;
        return Call.of(x, any).gives(NdArray.of(new int[] {x.size(0)}, i -> x.at(i[0], (int) t.at(i))));
    }

    /** A negative axis means the first, as (slice(None),) * axis does. Source: permutate.py. */
    private static Call permutate(Dice dice) {
        NdArray x = dice.normal(dice.sizes(dice.between(1, 3), 2, 5));
        int given = dice.between(-1, x.rank() - 1);
        int axis = Math.max(0, given);
        int[] order = dice.permutation(x.size(axis));
        NdArray indices = new NdArray(
                dice.oneOf(DataType.INT32, DataType.INT64),
                new int[] {order.length},
                IntStream.of(order).asDoubleStream().toArray());
        boolean inverse = dice.chance(50);
        Object passed = dice.chance(50) ? new Weight(indices) : indices;
        NdArray expected = NdArray.of(x.shape(), i -> {
            int[] from = i.clone();
            from[axis] = inverse
                    ? IntStream.range(0, order.length)
                            .filter(k -> order[k] == i[axis])
                            .findFirst()
                            .orElseThrow()
                    : order[i[axis]];
            return x.at(from);
        });
        return Call.of(x, passed).with("axis", given).with("inv", inverse).gives(expected);
    }

    /** Source: where.py. */
    private static Call where(Dice dice) {
        int[] shape = dice.sizes(dice.between(1, 4), 1, 4);
        UnaryOperator<int[]> narrowed = sizes -> IntStream.of(sizes)
                .skip(dice.between(0, sizes.length))
                .map(size -> dice.chance(25) ? 1 : size)
                .toArray();
        NdArray condition = NdArray.of(DataType.BOOL, shape, i -> dice.between(0, 1));
        NdArray x = dice.normal(narrowed.apply(shape));
        NdArray y = dice.normal(narrowed.apply(shape));
        return Call.of(condition, x, y)
                .gives(NdArray.of(shape, i -> condition.at(i) != 0 ? x.broadcast(i) : y.broadcast(i)));
    }

    /**
     * An index as NumPy understands it. Items are whole numbers, {@link Cut}s, {@link Argument#NONE}, {@link Argument#ELLIPSIS},
     * arrays of whole numbers or of booleans, known or not.
     */
    record NumpyIndex(NdArray x, List<Object> items) {

        /** start:stop:step. */
        record Cut(Argument start, Argument stop, int step) {
            int[] places(int size) {
                int low = step > 0 ? 0 : -1;
                int high = step > 0 ? size : size - 1;
                int first = bound(start, size, low, high, step > 0 ? low : high);
                int last = bound(stop, size, low, high, step > 0 ? high : low);
                return IntStream.iterate(first, i -> step > 0 ? i < last : i > last, i -> i + step)
                        .toArray();
            }

            private static int bound(Argument bound, int size, int low, int high, int absent) {
                if (bound instanceof Argument.None) {
                    return absent;
                }
                int given = (int) ((Argument.Whole) bound).value().number().getAsLong();
                return Math.max(low, Math.min(high, given < 0 ? given + size : given));
            }

            Argument argument() {
                return new Argument.Slice(start, stop, step == 1 ? Argument.NONE : Argument.of(step));
            }
        }

        static List<Object> draw(Dice dice, NdArray x) {
            List<Object> items = new ArrayList<>();
            boolean arrays = dice.chance(50);
            int[] common = dice.sizes(dice.between(0, 2), 2, 3);
            int axis = 0;
            boolean ellipsis = false;
            while (axis < x.rank() && (ellipsis || dice.chance(85))) {
                int size = x.size(axis);
                if (dice.chance(10)) {
                    items.add(Argument.NONE);
                }
                if (!ellipsis && dice.chance(15)) {
                    items.add(Argument.ELLIPSIS);
                    ellipsis = true;
                    axis += dice.between(0, x.rank() - axis);
                } else if (arrays && !(ellipsis && x.rank() - axis > 2) && dice.chance(15)) {
                    // A mask broadcasts with nothing but itself and numbers here: how many it takes is not known.
                    int rank = ellipsis ? x.rank() - axis : Math.min(x.rank() - axis, dice.between(1, 2));
                    NdArray mask = NdArray.of(
                            DataType.BOOL, Arrays.copyOfRange(x.shape(), axis, axis + rank), i -> dice.between(0, 1));
                    items.add(dice.chance(50) ? new Weight(mask) : mask);
                    items.replaceAll(item -> item instanceof Integer || isMask(item)
                            ? item
                            : array(item)
                                    .map(array -> (Object) (int) array.data()[0])
                                    .orElse(item));
                    return items;
                } else if (arrays && dice.chance(60)) {
                    int[] shape = Arrays.copyOfRange(common, dice.between(0, common.length), common.length);
                    NdArray indices = NdArray.of(
                            dice.oneOf(DataType.INT32, DataType.INT64), shape, i -> dice.between(-size, size - 1));
                    items.add(dice.chance(50) ? new Weight(indices) : indices);
                    axis++;
                } else if (dice.chance(30)) {
                    items.add(dice.between(-size, size - 1));
                    axis++;
                } else {
                    items.add(new Cut(bound(dice, size), bound(dice, size), dice.oneOf(1, 1, 1, 2, 3, -1, -2)));
                    axis++;
                }
            }
            return items;
        }

        private static Argument bound(Dice dice, int size) {
            return dice.chance(40) ? Argument.NONE : Argument.of(dice.between(-size - 1, size + 1));
        }

        private static Optional<NdArray> array(Object item) {
            if (item instanceof Integer whole) {
                return Optional.of(new NdArray(DataType.INT64, new int[0], new double[] {whole}));
            }
            return item instanceof Weight weight
                    ? Optional.of(weight.array())
                    : Optional.of(item).filter(NdArray.class::isInstance).map(NdArray.class::cast);
        }

        private static boolean isMask(Object item) {
            return array(item).filter(array -> array.type() == DataType.BOOL).isPresent();
        }

        List<Object> arguments() {
            List<Object> arguments = new ArrayList<>();
            items.forEach(item -> arguments.add(item instanceof Cut cut ? cut.argument() : item));
            return arguments;
        }

        /** For each axis of the result what it counts: the places along an axis of x, nothing, or the arrays' common axis. */
        private record Axis(int of, int[] places, int common) {}

        NdArray picked() {
            List<Axis> axes = new ArrayList<>();
            List<Integer> arrayAxes = new ArrayList<>();
            List<NdArray> arrays = new ArrayList<>();
            int axis = 0;
            int first = -1;
            boolean apart = false;
            boolean open = false;
            boolean truly = items.stream()
                    .anyMatch(item ->
                            array(item).filter(array -> array.rank() > 0).isPresent());
            for (Object item : withRest()) {
                Optional<NdArray> found = array(item);
                if (found.isEmpty()) {
                    open = first >= 0;
                    if (item instanceof Cut cut) {
                        axes.add(new Axis(axis, cut.places(x.size(axis)), -1));
                        axis++;
                    } else if (item == Argument.NONE) {
                        axes.add(new Axis(-1, new int[1], -1));
                    }
                    continue;
                }
                NdArray array = found.get();
                apart |= open;
                first = first < 0 ? axes.size() : first;
                for (NdArray one : array.type() == DataType.BOOL ? places(array) : List.of(array)) {
                    arrayAxes.add(axis++);
                    arrays.add(one);
                }
            }
            int[] common = common(arrays);
            int at = apart && truly ? 0 : Math.max(0, first);
            for (int i = 0; i < common.length; i++) {
                axes.add(at + i, new Axis(-1, new int[common[i]], i));
            }
            int[] shape = axes.stream().mapToInt(a -> a.places.length).toArray();
            return NdArray.of(x.type(), shape, index -> x.at(source(axes, arrayAxes, arrays, common.length, index)));
        }

        private int[] source(List<Axis> axes, List<Integer> arrayAxes, List<NdArray> arrays, int rank, int[] index) {
            int[] source = new int[x.rank()];
            int[] within = new int[rank];
            for (int i = 0; i < index.length; i++) {
                Axis axis = axes.get(i);
                if (axis.common >= 0) {
                    within[axis.common] = index[i];
                } else if (axis.of >= 0) {
                    source[axis.of] = axis.places[index[i]];
                }
            }
            for (int i = 0; i < arrays.size(); i++) {
                int axis = arrayAxes.get(i);
                source[axis] = Math.floorMod((int) arrays.get(i).broadcast(within), x.size(axis));
            }
            return source;
        }

        private static int[] common(List<NdArray> arrays) {
            int rank = arrays.stream().mapToInt(NdArray::rank).max().orElse(0);
            int[] common = new int[rank];
            Arrays.fill(common, 1);
            for (NdArray array : arrays) {
                for (int i = 0; i < array.rank(); i++) {
                    int at = rank - array.rank() + i;
                    common[at] = array.size(i) == 1 ? common[at] : array.size(i);
                }
            }
            return common;
        }

        /** The indices of the true elements, an array an axis. */
        private static List<NdArray> places(NdArray mask) {
            List<int[]> found = new ArrayList<>();
            NdArray.of(mask.shape(), i -> {
                if (mask.at(i) != 0) {
                    found.add(i.clone());
                }
                return 0;
            });
            return IntStream.range(0, mask.rank())
                    .mapToObj(axis -> new NdArray(
                            DataType.INT64,
                            new int[] {found.size()},
                            found.stream().mapToDouble(i -> i[axis]).toArray()))
                    .toList();
        }

        /** The items with an item for each axis: an Ellipsis that stands for none is kept, since it comes between its neighbours. */
        private List<Object> withRest() {
            int used = items.stream()
                    .mapToInt(item -> item == Argument.NONE || item == Argument.ELLIPSIS
                            ? 0
                            : array(item)
                                    .filter(array -> isMask(item))
                                    .map(NdArray::rank)
                                    .orElse(1))
                    .sum();
            List<Object> all = new ArrayList<>(items);
            if (!all.contains(Argument.ELLIPSIS)) {
                all.add(Argument.ELLIPSIS);
            }
            Cut whole = new Cut(Argument.NONE, Argument.NONE, 1);
            int at = all.indexOf(Argument.ELLIPSIS);
            for (int i = used; i < x.rank(); i++) {
                all.add(at + 1, whole);
            }
            return all;
        }
    }
}
