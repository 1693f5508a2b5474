/**
 * A model's graph without its weights, to look at: nodes, what flows between them, where each came from.
 *
 * <p>Only the file's structure is read; tensors stay where they are. Names are a stranger's text and are given as they are. This package knows no page;
 * drawing is the browser's.
 */
@NullMarked
package dev.entrepot.server.graph;

import org.jspecify.annotations.NullMarked;
