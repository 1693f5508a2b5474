/**
 * What a zoo says about a model: names, the model record, the files of a version and its manifest.
 *
 * <p>Plain records and their JSON, in the words that zoos and registries use. A version is its manifest: all of it is named by that manifest's
 * digest and never changes; what is learnt later, such as further validations, lies beside it. This package knows no database and no disk.
 */
@NullMarked
package dev.entrepot.zoo.entry;

import org.jspecify.annotations.NullMarked;
