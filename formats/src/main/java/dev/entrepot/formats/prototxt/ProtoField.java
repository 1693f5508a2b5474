package dev.entrepot.formats.prototxt;

import dev.entrepot.bytes.SourceLocation;

/**
 * One value of a message under its field's name. A repeated field is as many of these.
 *
 * @param name the field's name, such as {@code kernel_size}
 * @param value the value
 * @param location where the field's name stands, or the value where it is one of a list
 */
public record ProtoField(String name, ProtoValue value, SourceLocation location) {}
