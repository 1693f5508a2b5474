package dev.entrepot.validator.compare;

/**
 * Whether an output's references, all sets together, could tell a wrong model from a right one.
 *
 * <p>They could not when there are none, when all are 0 or within their own tolerance of one constant (then swapped channels or a lost layer
 * would pass), or when there is a single number that is 0 or 1.
 *
 * @param output the output's name
 * @param elements the number of reference values
 * @param distinct how many of them are distinct, counted up to {@value #COUNTED}
 * @param least the least finite value; 0 where there is none
 * @param greatest the greatest finite value; 0 where there is none
 * @param floatingPoint whether it is a floating-point output
 * @param weakness why they prove nothing; empty where they do
 */
public record Power(
        String output,
        long elements,
        long distinct,
        double least,
        double greatest,
        boolean floatingPoint,
        String weakness) {

    static final int COUNTED = 1000;

    /** Whether these references prove nothing. */
    public boolean isDegenerate() {
        return !weakness.isEmpty();
    }
}
