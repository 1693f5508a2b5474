/**
 * Operators on plain values: numbers, conditions, lists, dictionaries, texts, and what programs ask of tensors beside computing.
 *
 * <p>Must not know which front end computes with them.
 */
@NullMarked
package dev.entrepot.importers.torch.operators.plain;

import org.jspecify.annotations.NullMarked;
