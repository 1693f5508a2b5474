/**
 * Recipes: how a version is made from its source, so that it can be made again.
 *
 * <p>A recipe names the files that came in by their digests, what was asked of the conversion and which converter did it. The same recipe gives
 * the same files; {@link dev.entrepot.zoo.recipe.Reproduction} tells where it does not. This package knows the converter and the blobs, and no
 * catalogue.
 */
@NullMarked
package dev.entrepot.zoo.recipe;

import org.jspecify.annotations.NullMarked;
