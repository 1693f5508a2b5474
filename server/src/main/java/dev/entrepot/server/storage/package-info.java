/**
 * The zoo's store and catalogue as beans, in the folder or the database that the server was started with.
 *
 * <p>Everybody who needs a blob or a model has {@link dev.entrepot.zoo.store.BlobStore} and its like injected. This package opens and closes them, and
 * knows nothing of requests.
 */
@NullMarked
package dev.entrepot.server.storage;

import org.jspecify.annotations.NullMarked;
