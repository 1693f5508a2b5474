/**
 * Models of other opsets brought to the house opset, and from it down for old runtimes.
 *
 * <p>One visible table of steps by operator and version; every other change of version is judged by the schemas. Where a node cannot say
 * the same in the other version it is rewritten, or reported with all others. No other package knows what changed between versions.
 */
@NullMarked
package dev.entrepot.onnx.opset;

import org.jspecify.annotations.NullMarked;
