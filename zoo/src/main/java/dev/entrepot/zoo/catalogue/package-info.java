/**
 * What is in the zoo: models, immutable versions, aliases that move, lineage, validations, and who did what.
 *
 * <p>Kept in H2 in a file, or in PostgreSQL; the same SQL for both. {@link dev.entrepot.zoo.catalogue.Catalogue} is what others use;
 * {@link dev.entrepot.zoo.catalogue.Database} lends connections for tables of their own. Migrations lie in {@code migration} beside this
 * package's classes. A change is safe on the disk when its method returns. This package knows blobs by their digests only.
 */
@NullMarked
package dev.entrepot.zoo.catalogue;

import org.jspecify.annotations.NullMarked;
