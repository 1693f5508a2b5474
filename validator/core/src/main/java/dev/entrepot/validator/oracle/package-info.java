/**
 * Genuine frameworks as judges, each in a child process.
 *
 * <p>An {@link dev.entrepot.validator.oracle.Oracle} is asked what a net makes of its inputs and answers with blobs, or with the reason why
 * the framework would not compute them; a framework that aborts takes only its child process with it. This package starts processes and
 * exchanges files with them, and knows neither ONNX nor the frameworks' classes.
 */
@NullMarked
package dev.entrepot.validator.oracle;

import org.jspecify.annotations.NullMarked;
