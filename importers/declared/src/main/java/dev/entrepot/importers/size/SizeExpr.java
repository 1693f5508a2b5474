package dev.entrepot.importers.size;

import dev.entrepot.tensor.Dim;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * A whole number that may depend on symbolic sizes: a polynomial over {@link Atom}s with whole coefficients. Usually a plain number.
 *
 * <p>Equal expressions in normal form are equal objects by {@link #equals}; expressions whose equality is not seen are not.
 */
public final class SizeExpr {

    /** Zero. */
    public static final SizeExpr ZERO = of(0);

    /** One. */
    public static final SizeExpr ONE = of(1);

    /** Readers, ours among them, have limits for names; nested quotients and minima reach them. */
    private static final int LONGEST_NAME = 160;

    private static final long MOST_TERMS = 4096;

    /** Products of atoms, each a sorted list of their names, with their coefficients; the empty product is the constant term. */
    private final TreeMap<Product, Long> terms;

    private record Product(List<Atom> atoms) implements Comparable<Product> {
        static final Product UNIT = new Product(List.of());

        @Override
        public int compareTo(Product other) {
            return toString().compareTo(other.toString());
        }

        Product times(Product other) {
            List<Atom> all = new ArrayList<>(atoms);
            all.addAll(other.atoms);
            all.sort((a, b) -> a.toString().compareTo(b.toString()));
            return new Product(List.copyOf(all));
        }

        /** What is left without the atoms of {@code divisor}, if it holds all of them. */
        Optional<Product> without(Product divisor) {
            List<Atom> left = new ArrayList<>(atoms);
            return divisor.atoms.stream().allMatch(left::remove)
                    ? Optional.of(new Product(List.copyOf(left)))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return atoms.stream().map(Atom::toString).collect(Collectors.joining("*"));
        }
    }

    private SizeExpr(TreeMap<Product, Long> terms) {
        terms.values().removeIf(coefficient -> coefficient == 0);
        this.terms = terms;
    }

    /** A number. */
    public static SizeExpr of(long number) {
        return term(Product.UNIT, number);
    }

    /** An atom. */
    public static SizeExpr of(Atom atom) {
        return term(new Product(List.of(atom)), 1);
    }

    private static SizeExpr term(Product product, long coefficient) {
        TreeMap<Product, Long> terms = new TreeMap<>();
        terms.put(product, coefficient);
        return new SizeExpr(terms);
    }

    /** The product of sizes. */
    public static SizeExpr product(List<SizeExpr> sizes) {
        return sizes.stream().reduce(ONE, SizeExpr::times);
    }

    /** Whether this is a plain number. */
    public boolean isNumber() {
        return terms.isEmpty() || terms.size() == 1 && terms.containsKey(Product.UNIT);
    }

    /** The number, if this is one. */
    public OptionalLong number() {
        return isNumber() ? OptionalLong.of(terms.getOrDefault(Product.UNIT, 0L)) : OptionalLong.empty();
    }

    /** Whether this is the number {@code value}. */
    public boolean is(long value) {
        return isNumber() && terms.getOrDefault(Product.UNIT, 0L) == value;
    }

    /** The only atom, if this is nothing else. */
    public Optional<Atom> atom() {
        return terms.size() == 1
                        && terms.firstEntry().getValue() == 1
                        && terms.firstKey().atoms.size() == 1
                ? Optional.of(terms.firstKey().atoms.get(0))
                : Optional.empty();
    }

    /** The sum. */
    public SizeExpr plus(SizeExpr other) {
        TreeMap<Product, Long> sum = new TreeMap<>(terms);
        other.terms.forEach((product, coefficient) -> sum.merge(product, coefficient, SizeExpr::add));
        return new SizeExpr(sum);
    }

    /** The difference. */
    public SizeExpr minus(SizeExpr other) {
        return plus(other.negated());
    }

    /** The number with the other sign. */
    public SizeExpr negated() {
        return mapped(number -> multiply(number, -1));
    }

    /**
     * The product.
     *
     * @throws SizeArithmeticException if it is beyond 64 bits or has too many terms
     */
    public SizeExpr times(SizeExpr other) {
        if ((long) terms.size() * other.terms.size() > MOST_TERMS) {
            throw new SizeArithmeticException("a size is a sum of " + terms.size() + " terms times one of "
                    + other.terms.size() + ", the limit is " + MOST_TERMS + " terms");
        }
        TreeMap<Product, Long> product = new TreeMap<>();
        terms.forEach(
                (a, m) -> other.terms.forEach((b, n) -> product.merge(a.times(b), multiply(m, n), SizeExpr::add)));
        return new SizeExpr(product);
    }

    /**
     * The quotient rounded down, as Python's {@code //}.
     *
     * @throws SizeArithmeticException if the divisor is the number 0
     */
    public SizeExpr floorDividedBy(SizeExpr divisor) {
        refuseZero(divisor);
        if (isNumber() && divisor.isNumber()) {
            return of(Math.floorDiv(number().getAsLong(), divisor.number().getAsLong()));
        }
        return exactQuotient(divisor)
                .orElseGet(() -> of(new Atom.Combined(Atom.Operation.FLOOR_DIVIDE, this, divisor)));
    }

    /** The quotient, where every term can be divided without a remainder. */
    public Optional<SizeExpr> exactQuotient(SizeExpr divisor) {
        if (equals(divisor)) {
            return Optional.of(ONE);
        }
        if (divisor.terms.size() != 1) {
            return Optional.empty();
        }
        Product by = divisor.terms.firstKey();
        long number = divisor.terms.firstEntry().getValue();
        TreeMap<Product, Long> quotient = new TreeMap<>();
        for (Map.Entry<Product, Long> entry : terms.entrySet()) {
            Optional<Product> left = entry.getKey().without(by);
            if (left.isEmpty() || entry.getValue() % number != 0) {
                return Optional.empty();
            }
            quotient.merge(left.get(), entry.getValue() / number, SizeExpr::add);
        }
        return Optional.of(new SizeExpr(quotient));
    }

    /**
     * The remainder with the divisor's sign, as Python's {@code %}.
     *
     * @throws SizeArithmeticException if the divisor is the number 0
     */
    public SizeExpr modulo(SizeExpr divisor) {
        refuseZero(divisor);
        if (isNumber() && divisor.isNumber()) {
            return of(Math.floorMod(number().getAsLong(), divisor.number().getAsLong()));
        }
        return exactQuotient(divisor).isPresent() ? ZERO : of(new Atom.Combined(Atom.Operation.MODULO, this, divisor));
    }

    /** The smaller one; no size is larger than the largest of all numbers, with which minima over loops begin. */
    public SizeExpr min(SizeExpr other) {
        if (other.is(Long.MAX_VALUE) || other.minus(this).isNeverNegative()) {
            return this;
        }
        return is(Long.MAX_VALUE) || minus(other).isNeverNegative()
                ? other
                : of(new Atom.Combined(Atom.Operation.MIN, this, other));
    }

    /** The larger one. */
    public SizeExpr max(SizeExpr other) {
        if (minus(other).isNeverNegative()) {
            return this;
        }
        return other.minus(this).isNeverNegative() ? other : of(new Atom.Combined(Atom.Operation.MAX, this, other));
    }

    /** -1, 0 or 1 if the sign is the same for all values that the atoms can have. */
    public OptionalInt sign() {
        if (isNumber()) {
            return OptionalInt.of(Long.signum(number().getAsLong()));
        }
        if (least().orElse(-1) > 0) {
            return OptionalInt.of(1);
        }
        return negated().least().orElse(-1) > 0 ? OptionalInt.of(-1) : OptionalInt.empty();
    }

    /** Whether this is at least 0 for all values that the atoms can have. */
    public boolean isNeverNegative() {
        return least().orElse(-1) >= 0;
    }

    /** Whether this holds a number or a size that depends on data, and not only on the sizes of inputs. */
    public boolean dependsOnData() {
        return terms.keySet().stream()
                .flatMap(product -> product.atoms.stream())
                .anyMatch(atom -> atom instanceof Atom.Computed
                        || atom instanceof Atom.Axis axis && axis.least() == 0
                        || atom instanceof Atom.Combined combined
                                && (combined.left().dependsOnData()
                                        || combined.right().dependsOnData()));
    }

    /** How many atoms this is made of, and those within them. */
    long parts() {
        return terms.keySet().stream()
                .flatMap(product -> product.atoms.stream())
                .mapToLong(Atom::parts)
                .sum();
    }

    /** A lower bound, if there is one: no term with an atom may be negative, and every atom has a least value. */
    private OptionalLong least() {
        long least = 0;
        for (Map.Entry<Product, Long> entry : terms.entrySet()) {
            boolean bounded = entry.getKey().atoms.stream().allMatch(atom -> atom.least() >= 0);
            if (!entry.getKey().equals(Product.UNIT) && (!bounded || entry.getValue() < 0)) {
                return OptionalLong.empty();
            }
            long product = entry.getKey().atoms.stream().mapToLong(Atom::least).reduce(1, SizeExpr::multiply);
            least = add(least, multiply(product, entry.getValue()));
        }
        return OptionalLong.of(least);
    }

    /** As a dimension: a number, or a symbol whose name is the expression; a long one is cut and ends with its digest. */
    public Dim toDim() {
        if (isNumber()) {
            long size = number().getAsLong();
            return size < 0 ? Dim.UNKNOWN : Dim.of(size);
        }
        String expression = toString();
        return Dim.of(expression.length() <= LONGEST_NAME ? expression : abridged(expression));
    }

    private static String abridged(String expression) {
        UUID digest = UUID.nameUUIDFromBytes(expression.getBytes(StandardCharsets.UTF_8));
        String end = "... " + digest;
        return expression.substring(0, LONGEST_NAME - end.length()) + end;
    }

    private void refuseZero(SizeExpr divisor) {
        if (divisor.is(0)) {
            throw new SizeArithmeticException("the size " + this + " is divided by zero");
        }
    }

    private static long add(long a, long b) {
        try {
            return Math.addExact(a, b);
        } catch (ArithmeticException e) {
            throw new SizeArithmeticException("the size " + a + " + " + b + " is beyond 64 bits");
        }
    }

    private static long multiply(long a, long b) {
        try {
            return Math.multiplyExact(a, b);
        } catch (ArithmeticException e) {
            throw new SizeArithmeticException("the size " + a + " * " + b + " is beyond 64 bits");
        }
    }

    private SizeExpr mapped(LongUnaryOperator change) {
        TreeMap<Product, Long> changed = new TreeMap<>();
        terms.forEach((product, coefficient) -> changed.put(product, change.applyAsLong(coefficient)));
        return new SizeExpr(changed);
    }

    /** Folds the expression: {@code constant} makes numbers and {@code atom} atoms into what {@code plus} and {@code times} combine. */
    <T> T fold(
            java.util.function.LongFunction<T> constant,
            java.util.function.Function<Atom, T> atom,
            java.util.function.BinaryOperator<T> plus,
            java.util.function.BinaryOperator<T> times) {
        T sum = null;
        for (Map.Entry<Product, Long> entry : terms.entrySet()) {
            T product = null;
            for (Atom factor : entry.getKey().atoms) {
                product = product == null ? atom.apply(factor) : times.apply(product, atom.apply(factor));
            }
            if (product == null) {
                product = constant.apply(entry.getValue());
            } else if (entry.getValue() != 1) {
                product = times.apply(product, constant.apply(entry.getValue()));
            }
            sum = sum == null ? product : plus.apply(sum, product);
        }
        return sum == null ? constant.apply(0) : sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SizeExpr that && terms.equals(that.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    /** {@code 4*N + 1}. */
    @Override
    public String toString() {
        if (terms.isEmpty()) {
            return "0";
        }
        StringBuilder sum = new StringBuilder();
        terms.descendingMap().forEach((product, coefficient) -> {
            if (sum.length() == 0) {
                sum.append(shown(product, coefficient));
            } else if (coefficient < 0 && coefficient != Long.MIN_VALUE) {
                sum.append(" - ").append(shown(product, -coefficient));
            } else {
                sum.append(" + ").append(shown(product, coefficient));
            }
        });
        return sum.toString();
    }

    private static String shown(Product product, long coefficient) {
        if (product.equals(Product.UNIT)) {
            return Long.toString(coefficient);
        }
        return coefficient == 1 ? product.toString() : coefficient + "*" + product;
    }
}
