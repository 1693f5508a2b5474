/**
 * Operators that move elements and compute none: axes, slices, broadcasting, joining and splitting.
 *
 * <p>Must not know element types beyond moving them.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.shapes;

import org.jspecify.annotations.NullMarked;
