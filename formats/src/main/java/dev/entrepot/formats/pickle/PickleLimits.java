package dev.entrepot.formats.pickle;

/**
 * How much a pickle may ask for.
 *
 * @param opcodes the instructions of one pickle
 * @param stack the values on its stack
 * @param memo the values it remembers
 * @param getsPerPut how often a remembered value may be used again on average, where there are more than {@link #FEW_GETS} uses
 * @param bytes the bytes of text and big numbers of one pickle; byte strings stay in the file and do not count
 * @param depth how deep values may lie in each other when somebody walks them
 */
public record PickleLimits(long opcodes, int stack, int memo, int getsPerPut, long bytes, int depth) {

    /** So many uses of remembered values are never too many. */
    public static final long FEW_GETS = 10_000;

    /** What is asked of files nobody knows. */
    public static final PickleLimits DEFAULT = new PickleLimits(1_000_000, 10_000, 100_000, 50, 64L << 20, 200);
}
