/**
 * The catalogue over HTTP: models, versions, aliases, files, search; and the same models as things to run.
 *
 * <p>What a model is, and what may be done with it, is of {@link dev.entrepot.zoo.catalogue.Catalogue}. This package turns addresses into its names and
 * its values into JSON, and gives files out by range; it knows neither jobs nor pages.
 */
@NullMarked
package dev.entrepot.server.models;

import org.jspecify.annotations.NullMarked;
