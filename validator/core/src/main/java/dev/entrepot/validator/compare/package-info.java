/**
 * Says how far a model's outputs are from their references, and whether that is near enough.
 *
 * <p>The only package that sees org.nd4j, whose native library takes about half a second to start; it is touched when two floating-point
 * tensors are compared and not before. Every tolerance carries its reason. A reference that could not tell a wrong model from a right one is
 * said to have no power. This package knows tensors, not where they came from.
 */
@NullMarked
package dev.entrepot.validator.compare;

import org.jspecify.annotations.NullMarked;
