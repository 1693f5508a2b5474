package dev.entrepot.formats.pickle;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stack, the marks on it and the memo of one pickle. */
final class PickleStack {

    private final PickleLimits limits;
    private final List<PickleValue> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();
    private long gets;
    private long puts;

    PickleStack(PickleLimits limits) {
        this.limits = limits;
    }

    void push(PickleValue value, SourceLocation where) {
        requireRoom(where);
        values.add(value);
    }

    void mark(SourceLocation where) {
        requireRoom(where);
        marks.add(values.size());
    }

    PickleValue peek(SourceLocation where) {
        requireValues(1, where);
        return values.get(values.size() - 1);
    }

    PickleValue pop(SourceLocation where) {
        requireValues(1, where);
        return values.remove(values.size() - 1);
    }

    /** The upper {@code count} values, the lowest first. */
    List<PickleValue> pop(int count, SourceLocation where) {
        requireValues(count, where);
        return take(values.size() - count);
    }

    /** The values above the last mark, and the mark. */
    List<PickleValue> popToMark(SourceLocation where) {
        if (marks.isEmpty()) {
            throw ModelException.malformed(where, "pickle", "goes back to a mark, but none is set");
        }
        return take(marks.remove(marks.size() - 1));
    }

    /** POP: the upper value, or a mark right on top. */
    void drop(SourceLocation where) {
        if (!marks.isEmpty() && marks.get(marks.size() - 1) == values.size()) {
            marks.remove(marks.size() - 1);
        } else {
            pop(where);
        }
    }

    PickleValue result(SourceLocation where) {
        if (values.size() != 1 || !marks.isEmpty()) {
            throw ModelException.malformed(
                    where,
                    "pickle",
                    "ends with " + values.size() + " values and " + marks.size()
                            + " marks on its stack, not one value");
        }
        return values.get(0);
    }

    int memoSize() {
        return memo.size();
    }

    /** A number that the memo can have. */
    int requireMemoNumber(long number, SourceLocation where) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw ModelException.malformed(where, "memo", "has no value " + number);
        }
        return (int) number;
    }

    void put(int number, SourceLocation where) {
        memo.put(number, peek(where));
        puts++;
        if (memo.size() > limits.memo()) {
            throw ModelException.limitExceeded(
                    where, "pickle", "remembers more than " + limits.memo() + " values (limit memo)");
        }
    }

    PickleValue get(int number, SourceLocation where) {
        @Nullable PickleValue value = memo.get(number);
        if (value == null) {
            throw ModelException.malformed(where, "memo", "has no value " + number);
        }
        gets++;
        if (gets > PickleLimits.FEW_GETS && gets > puts * limits.getsPerPut()) {
            throw ModelException.limitExceeded(
                    where,
                    "pickle",
                    "uses " + puts + " remembered values " + gets + " times, at most " + limits.getsPerPut()
                            + " times each are allowed (limit getsPerPut)");
        }
        return value;
    }

    private List<PickleValue> take(int from) {
        List<PickleValue> upper = values.subList(from, values.size());
        List<PickleValue> taken = List.copyOf(upper);
        upper.clear();
        return taken;
    }

    /** No instruction reaches below the last mark. */
    private void requireValues(int count, SourceLocation where) {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (values.size() - floor < count) {
            throw ModelException.malformed(
                    where,
                    "pickle",
                    "takes " + count + " values from its stack, where " + (values.size() - floor) + " are");
        }
    }

    private void requireRoom(SourceLocation where) {
        if (values.size() + marks.size() >= limits.stack()) {
            throw ModelException.limitExceeded(
                    where, "pickle", "has more than " + limits.stack() + " values on its stack (limit stack)");
        }
    }
}
