/**
 * Sizes that may be symbolic: polynomials over the sizes of inputs, and the nodes that compute them.
 *
 * <p>A walk over a program asks here what a dimension stands for and what a reshape needs. This package must not know frameworks or
 * operators' meanings.
 */
@NullMarked
package dev.entrepot.importers.size;

import org.jspecify.annotations.NullMarked;
