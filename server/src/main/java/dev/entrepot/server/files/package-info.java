/**
 * Files of the store as answers: whole or by range, with their digest as entity tag.
 *
 * <p>{@link dev.entrepot.server.files.FileAnswers} makes the answer; which file somebody may have, and where it is found, is for the controllers that
 * ask for it. This package knows blobs and headers, and neither models nor jobs.
 */
@NullMarked
package dev.entrepot.server.files;

import org.jspecify.annotations.NullMarked;
