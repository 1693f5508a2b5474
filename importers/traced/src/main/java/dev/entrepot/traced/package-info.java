/**
 * Runs a user's Python source in a sandbox, where frameworks are shims that call Java for whatever they compute.
 *
 * <p>Knows Python's modules, limits and errors; must not know any framework. Each framework's binding lives in a package below this one.
 */
@NullMarked
package dev.entrepot.traced;

import org.jspecify.annotations.NullMarked;
