/**
 * What importers of declared networks have in common: what a caller may ask for, and what it gets.
 *
 * <p>Each framework's importer lives in a package of its own below this one and sees none of the others.
 */
@NullMarked
package dev.entrepot.importers;

import org.jspecify.annotations.NullMarked;
