/**
 * How a family of operators writes its lines of the table, and the element types that operators are computed in, where runtimes have
 * kernels for few.
 *
 * <p>Must not know what any operator computes.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.entries;

import org.jspecify.annotations.NullMarked;
