/**
 * Proves a model: runs it, compares it with its reference, and says what that comes to.
 *
 * <p>{@link dev.entrepot.validator.Validator} ties reference, runtime, comparison and report together. A report is a value, also when the model
 * fails; only what keeps a validation from taking place at all is an exception. This package holds no arithmetic and no format.
 */
@NullMarked
package dev.entrepot.validator;

import org.jspecify.annotations.NullMarked;
