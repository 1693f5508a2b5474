/**
 * From source files to an ONNX file: recognise, read, lower, check, write, validate.
 *
 * <p>The one road that the command line and the server both take. {@link dev.entrepot.zoo.convert.Frameworks} is the only list of
 * frameworks. This package knows no terminal and no HTTP.
 */
@NullMarked
package dev.entrepot.zoo.convert;

import org.jspecify.annotations.NullMarked;
