/**
 * Recurrent functions: cells, and stacks of them over sequences, whose lengths may differ.
 *
 * <p>Must not know that links keep states from call to call.
 */
@NullMarked
package dev.entrepot.importers.chainer.functions.recurrent;

import org.jspecify.annotations.NullMarked;
