/**
 * How the server is run: the address, the folder, the limits, and what strangers may do.
 *
 * <p>The command line makes a {@link dev.entrepot.server.config.ServerConfig}; every bean can have it injected. Numbers that limit a request are here
 * and nowhere else. This package knows nothing of HTTP.
 */
@NullMarked
package dev.entrepot.server.config;

import org.jspecify.annotations.NullMarked;
