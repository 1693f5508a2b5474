/**
 * The bundled models in the server's zoo: ordered as jobs when the server starts, as anybody orders a conversion.
 *
 * <p>{@link dev.entrepot.server.samples.SampleOrders} works in the background, so that the server answers at once;
 * {@link dev.entrepot.server.samples.SampleHealth} tells how far it is. This package knows jobs and the zoo, and nothing of requests.
 */
@NullMarked
package dev.entrepot.server.samples;

import org.jspecify.annotations.NullMarked;
