package dev.entrepot.validator.compare;

import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** Looks at all references of one output, set after set, to judge what they can prove; see {@link Power}. */
public final class PowerMeter {

    private final String output;
    private final Tolerance tolerance;
    private final Set<Object> distinct = new HashSet<>();
    private boolean floatingPoint;
    private long elements;
    private long finite;
    private double least = Double.POSITIVE_INFINITY;
    private double greatest = Double.NEGATIVE_INFINITY;

    /**
     * @param output the output's name
     * @param tolerance the tolerance it is compared with
     */
    public PowerMeter(String output, Tolerance tolerance) {
        this.output = output;
        this.tolerance = tolerance;
    }

    /** Looks at one more reference. */
    public void add(Tensor reference) {
        elements += reference.elementCount();
        if (reference.data() instanceof StringData strings) {
            strings.values().forEach(this::note);
        } else if (Doubles.readable(reference.type())) {
            floatingPoint = true;
            addFloats(reference);
        } else {
            addOthers(reference);
        }
    }

    /** The judgement on what was looked at. */
    public Power power() {
        boolean any = finite > 0;
        return new Power(
                output, elements, distinct.size(), any ? least : 0, any ? greatest : 0, floatingPoint, weakness());
    }

    private String weakness() {
        if (elements == 0) {
            return "it has no elements";
        }
        if (!floatingPoint) {
            return elements > 1 && distinct.size() == 1 ? "all of its " + elements + " elements are the same" : "";
        }
        if (finite == 0) {
            return "none of its " + elements + " elements is finite";
        }
        if (elements == 1) {
            return least == 0 || least == 1 ? "it is a single " + least + ", which many wrong models give too" : "";
        }
        if (least == 0 && greatest == 0) {
            return "all of its " + elements + " elements are 0";
        }
        double bound = tolerance.bound(Math.max(Math.abs(least), Math.abs(greatest)));
        if (greatest - least <= bound) {
            return "its " + elements + " elements lie between " + least + " and " + greatest
                    + ", which its tolerance cannot tell apart";
        }
        return "";
    }

    private void addFloats(Tensor reference) {
        Doubles values = new Doubles(reference);
        for (int i = 0; i < reference.elementCount(); i++) {
            double value = values.get(i);
            note(value);
            if (Double.isFinite(value)) {
                finite++;
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
        }
    }

    private void addOthers(Tensor reference) {
        ByteBuffer bytes = reference.toBytes();
        int size = Math.max(1, reference.type().bits() / 8);
        for (int i = 0; i < bytes.capacity() / size; i++) {
            note(bytes.slice(i * size, size));
        }
        if (wholeNumber(reference.type())) {
            for (long value : reference.toLongs()) {
                finite++;
                least = Math.min(least, value);
                greatest = Math.max(greatest, value);
            }
        }
    }

    private static boolean wholeNumber(DataType type) {
        return switch (type) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, BOOL -> true;
            default -> false;
        };
    }

    private void note(Object value) {
        if (distinct.size() < Power.COUNTED) {
            distinct.add(value);
        }
    }
}
