/**
 * The server: how it is started and stopped, and what a request meets before its controller.
 *
 * <p>What it does lies in the packages below, an edge each; none of them knows another but through the zoo. Edges hold no logic: what a model is,
 * how it is kept, converted or validated is of the zoo and the modules under it. Nothing here writes to the terminal.
 */
@NullMarked
package dev.entrepot.server;

import org.jspecify.annotations.NullMarked;
