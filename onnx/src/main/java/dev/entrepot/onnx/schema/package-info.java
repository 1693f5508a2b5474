/**
 * ONNX's operators as data: which inputs, outputs, attributes and types each version of each operator has.
 *
 * <p>{@link Operators} is the way in. The table is a text resource made by a script from ONNX's own registry; nothing here is typed by
 * hand. This package knows data types by name and must not know graphs, models, shape rules or what any operator computes.
 */
@NullMarked
package dev.entrepot.onnx.schema;

import org.jspecify.annotations.NullMarked;
