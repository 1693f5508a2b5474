package dev.entrepot.importers.torch.operators.plain;

import static dev.entrepot.importers.torch.operators.entries.Entries.overloads;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.operators.entries.Entries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * TorchScript's lists.
 *
 * <p>Source: torch/csrc/jit/runtime/register_ops_utils.h and register_prim_ops.cpp.
 */
public final class Lists {

    /** The most items that a list is made with at once. */
    static final long MOST_ITEMS = 1 << 16;

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Stream.of(
                    Stream.of(
                            plain("aten::insert", Lists::insert),
                            plain("aten::append", Lists::append),
                            plain("aten::extend", Lists::extend),
                            plain("aten::reverse", Lists::reverse),
                            plain("aten::sorted", call -> sorted(call, new ArrayList<>(call.items(first(call))))),
                            plain("aten::remove", Lists::remove),
                            plain("prim::rangelist", Lists::range)),
                    overloads("aten::Delete", "t", Lists::delete),
                    overloads("aten::__contains__", "int_list str_list float_list", Lists::contains),
                    overloads("aten::__getitem__", "t", call -> item(call, "list", "idx")),
                    overloads("aten::_set_item", "t", Lists::setItem),
                    overloads("aten::add", "t", Lists::joined),
                    overloads("aten::add_", "t", Lists::extendByName),
                    overloads("aten::all", "int float bool", call -> truth(call, true, "aten::__and__")),
                    overloads("aten::any", "str int float bool", call -> truth(call, false, "aten::__or__")),
                    overloads("aten::clear", "t", Lists::clear),
                    overloads("aten::copy", "t", call -> IValue.list(call.items("self"))),
                    overloads(
                            "aten::count",
                            "int float bool Tensor str",
                            call -> IValue.of(call.items("self").stream()
                                    .filter(item -> equal(call, item, call.get("el")))
                                    .count())),
                    overloads("aten::index", "list_int list_float list_bool list_Tensor list_str", Lists::index),
                    overloads(
                            "aten::len",
                            "t any",
                            call -> IValue.of(call.items("a").size())),
                    overloads("aten::list", "t", call -> IValue.list(call.items("l"))),
                    overloads("aten::mul", "left_t right_", Lists::repeated),
                    overloads("aten::pop", "t", Lists::pop),
                    overloads("aten::select", "t", call -> item(call, "list", "idx")),
                    overloads("aten::slice", "t", Lists::slice),
                    overloads("aten::sort", "int float Tensor bool str any", Lists::sort),
                    overloads("aten::sum", "int float bool", Lists::sum),
                    overloads("prim::max", "int_list float_list bool_list", call -> larger(call, 1)),
                    overloads("prim::max", "self_int self_float self_bool", Lists::most),
                    overloads("prim::min", "int_list float_list bool_list", call -> larger(call, -1)),
                    overloads("prim::min", "self_int self_float self_bool", Lists::most))
            .flatMap(entries -> entries)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    // spotless:on

    private Lists() {}

    private static String first(AtenCall call) {
        return call.schema().arguments().get(0).name();
    }

    /** The items of a list that is to be changed. */
    private static List<IValue> list(AtenCall call) {
        if (call.get(first(call)) instanceof IValue.ListValue list) {
            return list.items();
        }
        throw call.malformed("changes a " + call.get(first(call)).sort() + ", expected a list");
    }

    /** An index counted from the front. */
    static int place(AtenCall call, long index, int size) {
        long place = index < 0 ? index + size : index;
        if (place < 0 || place >= size) {
            throw call.malformed("index " + index + " is out of range for " + size + " items");
        }
        return (int) place;
    }

    static IValue item(AtenCall call, String list, String index) {
        List<IValue> items = call.items(list);
        return items.get(place(call, call.integer(index), items.size()));
    }

    private static boolean equal(AtenCall call, IValue a, IValue b) {
        if (a instanceof TensorRef || b instanceof TensorRef) {
            return a == b;
        }
        if (call.graph().call("aten::eq", a, b) instanceof IValue.Bool known) {
            return known.value();
        }
        throw call.unsupported("whether items are equal depends on data or on the input's sizes");
    }

    private static IValue contains(AtenCall call) {
        IValue found = IValue.of(false);
        for (IValue item : call.items("l")) {
            found = call.graph().call("aten::__or__", found, call.graph().call("aten::eq", item, call.get("item")));
        }
        return found;
    }

    private static int indexOf(AtenCall call, String list, String item) {
        List<IValue> items = call.items(list);
        return IntStream.range(0, items.size())
                .filter(i -> equal(call, items.get(i), call.get(item)))
                .findFirst()
                .orElse(-1);
    }

    // --- changing a list

    private static IValue append(AtenCall call) {
        list(call).add(call.get("el"));
        return Entries.same(call);
    }

    private static IValue insert(AtenCall call) {
        List<IValue> items = list(call);
        long index = call.integer("idx");
        long place = Math.max(0, Math.min(index < 0 ? index + items.size() : index, items.size()));
        items.add((int) place, call.get("el"));
        return IValue.NONE;
    }

    private static IValue extend(AtenCall call) {
        list(call).addAll(List.copyOf(call.items("other")));
        return IValue.NONE;
    }

    private static IValue extendByName(AtenCall call) {
        list(call).addAll(List.copyOf(call.items("b")));
        return Entries.same(call);
    }

    private static IValue pop(AtenCall call) {
        List<IValue> items = list(call);
        return items.remove(place(call, call.integer("idx"), items.size()));
    }

    private static IValue delete(AtenCall call) {
        List<IValue> items = list(call);
        items.remove(place(call, call.integer("idx"), items.size()));
        return IValue.NONE;
    }

    private static IValue setItem(AtenCall call) {
        List<IValue> items = list(call);
        items.set(place(call, call.integer("idx"), items.size()), call.get("el"));
        return Entries.same(call);
    }

    private static IValue clear(AtenCall call) {
        list(call).clear();
        return IValue.NONE;
    }

    private static IValue reverse(AtenCall call) {
        Collections.reverse(list(call));
        return IValue.NONE;
    }

    private static IValue remove(AtenCall call) {
        int found = indexOf(call, "self", "el");
        if (found < 0) {
            throw call.malformed("the list does not hold what is to be removed");
        }
        list(call).remove(found);
        return IValue.NONE;
    }

    private static IValue sort(AtenCall call) {
        List<IValue> items = list(call);
        sorted(call, items);
        if (call.bool("reverse")) {
            Collections.reverse(items);
        }
        return IValue.NONE;
    }

    private static IValue sorted(AtenCall call, List<IValue> items) {
        items.sort(order(call));
        return IValue.list(items);
    }

    private static Comparator<IValue> order(AtenCall call) {
        return (a, b) -> {
            if (a instanceof IValue.Text x && b instanceof IValue.Text y) {
                return x.value().compareTo(y.value());
            }
            return Double.compare(number(call, a), number(call, b));
        };
    }

    private static double number(AtenCall call, IValue value) {
        return call.graph()
                .knownNumber(value)
                .orElseThrow(() -> call.unsupported("the order of items depends on data or on the input's sizes"));
    }

    // --- new lists and answers

    private static IValue index(AtenCall call) {
        int found = indexOf(call, "self", "el");
        if (found < 0) {
            throw call.malformed("the list does not hold what is looked for");
        }
        return IValue.of(found);
    }

    private static IValue joined(AtenCall call) {
        List<IValue> all = new ArrayList<>(call.items("a"));
        limited(call, 1, (long) all.size() + call.items("b").size());
        all.addAll(call.items("b"));
        return IValue.list(all);
    }

    private static IValue repeated(AtenCall call) {
        List<IValue> items = call.items("l");
        long times = Math.max(0, call.integer("n"));
        limited(call, times, items.size());
        List<IValue> all = new ArrayList<>();
        for (long i = 0; i < times && !items.isEmpty(); i++) {
            all.addAll(items);
        }
        return IValue.list(all);
    }

    private static void limited(AtenCall call, long times, long items) {
        if (items > 0 && times > MOST_ITEMS / items) {
            throw call.unsupported(
                    "makes a list of " + times + " times " + items + " items, the limit is " + MOST_ITEMS);
        }
    }

    /** A part of a list is a list, one of a tuple a tuple. */
    private static IValue slice(AtenCall call) {
        List<IValue> items = call.items("l");
        List<IValue> part = places(call, items.size()).mapToObj(items::get).toList();
        return call.get("l") instanceof IValue.TupleValue ? IValue.tuple(part) : IValue.list(part);
    }

    /** The places that a slice of Python's takes of so many. */
    static IntStream places(AtenCall call, int size) {
        long step = call.integer("step");
        if (step == 0) {
            throw call.malformed("a slice has step 0");
        }
        long start = bound(call.integerOr("start", step > 0 ? 0 : Long.MAX_VALUE), size, step);
        long end = call.isNone("end") ? (step > 0 ? size : -1) : bound(call.integer("end"), size, step);
        return IntStream.iterate(
                (int) start, place -> step > 0 ? place < end : place > end, place -> Math.toIntExact(place + step));
    }

    private static long bound(long bound, int size, long step) {
        long fromFront = bound < 0 ? bound + size : bound;
        return Math.max(step > 0 ? 0 : -1, Math.min(fromFront, step > 0 ? size : size - 1));
    }

    private static IValue range(AtenCall call) {
        limited(call, call.integer("n"), 1);
        return IValue.list(
                LongStream.range(0, call.integer("n")).mapToObj(IValue::of).toList());
    }

    /** Whether all, or any, are true. */
    private static IValue truth(AtenCall call, boolean ofNone, String operator) {
        IValue truth = IValue.of(ofNone);
        for (IValue item : call.items("self")) {
            IValue isTrue = item instanceof IValue.Text text
                    ? IValue.of(!text.value().isEmpty())
                    : call.graph().call("aten::Bool", item);
            truth = call.graph().call(operator, truth, isTrue);
        }
        return truth;
    }

    private static IValue sum(AtenCall call) {
        return call.items("self").stream()
                .reduce(IValue.of(0), (a, b) -> call.graph().call("aten::add", a, b));
    }

    /** The largest or smallest, by the operator on two of them. */
    private static IValue most(AtenCall call) {
        return call.items("self").stream()
                .reduce((a, b) -> call.graph().call(call.schema().name(), a, b))
                .orElseThrow(() -> call.malformed("the list is empty"));
    }

    /** The list that is larger, or smaller, item by item. */
    private static IValue larger(AtenCall call, int sign) {
        List<IValue> a = call.items("l");
        List<IValue> b = call.items("r");
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = sign * order(call).compare(a.get(i), b.get(i));
            if (order != 0) {
                return order > 0 ? call.get("l") : call.get("r");
            }
        }
        return sign * Integer.compare(a.size(), b.size()) >= 0 ? call.get("l") : call.get("r");
    }
}
