/**
 * What a validation found, as a value, and as JSON, text and JUnit XML.
 *
 * <p>The JSON follows the schema {@code entrepot-validation/1}: the records' components in their order, in snake case; a number that is not
 * finite is null. The same findings make the same bytes. This package knows what was measured, not how.
 */
@NullMarked
package dev.entrepot.validator.report;

import org.jspecify.annotations.NullMarked;
