package dev.entrepot.validator.compare;

/**
 * Whether the greatest class is the same, for outputs that look like classes.
 *
 * <p>An output looks like classes when it is [N, C], or [N, C, 1, ...] with only ones behind, C is at least 2, and either every row is a
 * probability distribution (from 0 to 1, summing to 1 within 1e-3) or C is at least 10.
 *
 * @param rows the number of rows, N
 * @param agreeing the rows where both have their greatest element at the same place, the first where there are several
 * @param leastMargin the least distance between a row's greatest and second element in the reference
 * @param ties the rows whose reference has its greatest element more than once
 */
public record TopClass(long rows, long agreeing, double leastMargin, long ties) {}
