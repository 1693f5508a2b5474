/**
 * The zoo: what the command line, the server and its jobs use.
 *
 * <p>{@link dev.entrepot.zoo.Zoo#open} gives a zoo in a folder. Its parts: {@link dev.entrepot.zoo.Zoo#catalogue()} finds, searches, names and
 * removes versions; {@link dev.entrepot.zoo.Zoo#blobs()} keeps bytes by their digests, uploads too; {@link dev.entrepot.zoo.Zoo#database()} lends
 * connections for further tables of the same database. A model comes in by {@code publish}: at once, or as a
 * {@link dev.entrepot.zoo.publish.Candidate} that was prepared in another process. Whoever needs a blob that no version has yet
 * {@linkplain dev.entrepot.zoo.catalogue.Catalogue#hold holds} it. This package knows no terminal and no HTTP.
 */
@NullMarked
package dev.entrepot.zoo;

import org.jspecify.annotations.NullMarked;
