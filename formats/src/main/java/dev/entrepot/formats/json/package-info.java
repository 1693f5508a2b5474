/**
 * JSON texts as values that remember where they stood.
 *
 * <p>Strict, with two exceptions that Python's writer makes: NaN and the infinities are numbers. A key that appears twice is an error. This
 * package knows no schema.
 */
@NullMarked
package dev.entrepot.formats.json;

import org.jspecify.annotations.NullMarked;
