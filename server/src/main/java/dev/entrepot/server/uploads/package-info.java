/**
 * Files on their way in, in as many pieces as the network needs.
 *
 * <p>The protocol is tus 1.0 with creation, creation-with-upload, checksum, expiration and termination (https://tus.io/protocols/resumable-upload).
 * Bytes go from the socket to the disk and are forced before they are acknowledged; a whole file becomes a blob. This package knows blobs, and
 * not what is in them.
 */
@NullMarked
package dev.entrepot.server.uploads;

import org.jspecify.annotations.NullMarked;
