/**
 * The safetensors format: a JSON header and raw tensors.
 *
 * <p>Tensors are slices of the file. Everything the format's own reader demands is demanded here: no holes, no overlaps, no bytes left
 * over, exact sizes. This package knows tensors and JSON, and no framework's names.
 */
@NullMarked
package dev.entrepot.formats.safetensors;

import org.jspecify.annotations.NullMarked;
