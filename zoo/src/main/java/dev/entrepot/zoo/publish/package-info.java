/**
 * From source files to a version: convert, validate, publish.
 *
 * <p>{@link dev.entrepot.zoo.publish.Candidate#prepare} does what runs a stranger's model, and may run in a process of its own; what it leaves in
 * its folder is read again by {@link dev.entrepot.zoo.publish.Candidate#read}. {@link dev.entrepot.zoo.publish.Publisher} stores it: blobs first,
 * then one transaction, so that nothing half-written is ever to be seen. This package knows no terminal and no HTTP.
 */
@NullMarked
package dev.entrepot.zoo.publish;

import org.jspecify.annotations.NullMarked;
