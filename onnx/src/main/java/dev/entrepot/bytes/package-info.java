/**
 * Bytes that know where they came from.
 *
 * <p>A {@link dev.entrepot.bytes.ByteSource} is a named, sliceable run of bytes (a file, an array, a part of either), a {@link
 * dev.entrepot.bytes.ByteReader} walks it, and a {@link dev.entrepot.bytes.ModelException} says what is wrong with it and where. This
 * package knows no file format and no tensor.
 */
@NullMarked
package dev.entrepot.bytes;

import org.jspecify.annotations.NullMarked;
