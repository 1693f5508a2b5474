/**
 * What a file is: its framework, form, layers, tensors, inputs and outputs. Nothing in a file is ever run.
 *
 * <p>This package knows the readers, and neither lowers nor writes anything.
 */
@NullMarked
package dev.entrepot.zoo.inspect;

import org.jspecify.annotations.NullMarked;
