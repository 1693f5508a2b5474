/**
 * How a family of functions writes its lines of the table, and what all families ask of their arguments: element types, as NumPy
 * promotes them, numbers that are known, and ranges of sizes.
 *
 * <p>Must not know what any function computes.
 */
@NullMarked
package dev.entrepot.importers.chainer.functions.entries;

import org.jspecify.annotations.NullMarked;
