/**
 * Protocol Buffers messages without a schema, and their text format.
 *
 * <p>A {@link dev.entrepot.formats.prototxt.ProtoMessage} keeps every field by name, in order, with its place in the file, so fields
 * that only a fork knows survive; whoever asks for a field says what kind of value it must be. This package knows the text format, and
 * neither Caffe nor any other framework's messages.
 */
@NullMarked
package dev.entrepot.formats.prototxt;

import org.jspecify.annotations.NullMarked;
