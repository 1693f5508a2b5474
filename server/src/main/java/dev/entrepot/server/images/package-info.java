/**
 * From an encoded image to a model's input, by the steps of the model's card.
 *
 * <p>The steps are in Open Model Zoo's words (open_model_zoo tools/accuracy_checker, preprocessor/README.md): an image begins as BGR, height by width by
 * channels, 0 to 255. This package decodes within limits, and knows neither models' files nor HTTP but for its refusals.
 */
@NullMarked
package dev.entrepot.server.images;

import org.jspecify.annotations.NullMarked;
