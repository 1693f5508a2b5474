package dev.entrepot.onnx.infer;

import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** What Reshape makes of a shape. Source: ONNX Reshape. */
final class Reshaping {

    private final Shape x;
    private final List<Element> target;
    private final boolean keepsZero;

    private Reshaping(Shape x, List<Element> target, boolean keepsZero) {
        this.x = x;
        this.target = target;
        this.keepsZero = keepsZero;
    }

    /**
     * The new shape.
     *
     * @param keepsZero whether a 0 in {@code target} means the size that stands there in {@code x}
     */
    static Shape of(Shape x, List<Element> target, boolean keepsZero) {
        var reshaping = new Reshaping(x, target, keepsZero);
        int left = reshaping.placeOfTheRest();
        List<Dim> dims = reshaping.dims();
        if (left >= 0) {
            dims.set(left, reshaping.rest(dims, left));
        } else {
            reshaping.expectEqualCounts(dims);
        }
        return Shape.of(dims);
    }

    private int placeOfTheRest() {
        int found = -1;
        for (int i = 0; i < target.size(); i++) {
            if (target.get(i) instanceof Element.Whole whole && whole.value() < 0) {
                if (whole.value() != -1 || found >= 0) {
                    throw Application.invalid("shape %s must hold sizes and at most one -1", text());
                }
                found = i;
            }
        }
        return found;
    }

    private List<Dim> dims() {
        List<Dim> dims = new ArrayList<>();
        for (int i = 0; i < target.size(); i++) {
            dims.add(keepsZero && target.get(i).is(0) ? kept(i) : target.get(i).toDim());
        }
        return dims;
    }

    private Dim kept(int axis) {
        if (!x.ranked()) {
            return Dim.UNKNOWN;
        }
        if (axis >= x.rank()) {
            throw Application.invalid("shape %s keeps axis %s, which %s does not have", text(), axis, x);
        }
        return x.dim(axis);
    }

    /** All elements divided by the other sizes; a symbol on both sides cancels out, assuming that it is not 0. */
    private Dim rest(List<Dim> dims, int left) {
        if (!x.ranked()) {
            return Dim.UNKNOWN;
        }
        List<Dim> above = new ArrayList<>(x.dims());
        List<Dim> below = new ArrayList<>(dims);
        below.remove(left);
        below.removeIf(dim -> dim instanceof Dim.Symbol && above.remove(dim));
        removeKept(above, below, left);
        if (!below.stream().allMatch(Dim::isKnown)) {
            return Dim.UNKNOWN;
        }
        long divisor = Sizes.product(below).size();
        if (above.stream().filter(dim -> !dim.isKnown()).count() == 1
                && divisor > 0
                && divisor == knownProduct(above)) {
            return above.stream().filter(dim -> !dim.isKnown()).findFirst().orElseThrow();
        }
        Dim all = Sizes.product(above);
        if (!all.isKnown()) {
            return Dim.UNKNOWN;
        }
        if (divisor == 0 || all.size() % divisor != 0) {
            throw Application.invalid("%s elements of %s do not divide into shape %s", all, x, text());
        }
        return Dim.of(all.size() / divisor);
    }

    /** An unknown size that is kept where it is also cancels out. */
    private void removeKept(List<Dim> above, List<Dim> below, int left) {
        for (int i = 0; keepsZero && i < target.size() && i < x.rank(); i++) {
            if (i != left && target.get(i).is(0) && x.dim(i).equals(Dim.UNKNOWN)) {
                above.remove(Dim.UNKNOWN);
                below.remove(Dim.UNKNOWN);
            }
        }
    }

    private static long knownProduct(List<Dim> dims) {
        return Sizes.product(dims.stream().filter(Dim::isKnown).toList()).size();
    }

    private void expectEqualCounts(List<Dim> dims) {
        if (!x.isStatic() || !dims.stream().allMatch(Dim::isKnown)) {
            return;
        }
        if (!Sizes.product(dims).equals(Sizes.product(x.dims()))) {
            throw Application.invalid(
                    "%s elements of %s do not fit shape %s of %s",
                    Sizes.product(x.dims()), x, text(), Sizes.product(dims));
        }
    }

    private String text() {
        return target.stream().map(Reshaping::text).toList().toString();
    }

    private static String text(Element element) {
        return element instanceof Element.Whole whole
                ? Long.toString(whole.value())
                : element.toDim().toString();
    }
}
