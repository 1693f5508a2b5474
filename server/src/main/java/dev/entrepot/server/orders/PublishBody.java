package dev.entrepot.server.orders;

import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.PreprocessingStep;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is to be published, and what is said about it.
 *
 * @param model {@code namespace/name}
 * @param title a line
 * @param licence an SPDX expression
 * @param task what it is for
 * @param description Markdown
 * @param tags words to find it by
 * @param labels the classes' names by index
 * @param preprocessing what is done to an image before it is an input
 * @param aliases the aliases to move to the version, beside {@code latest}
 */
@Schema(name = "Publication", description = "Where the model is published if it passes its validation")
record PublishBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "digits/caffe") @Nullable
        String model,

        @Nullable String title,

        @Schema(description = "an SPDX expression", example = "Apache-2.0") @Nullable
        String licence,

        @Schema(example = "classification") @Nullable String task,
        @Schema(description = "Markdown") @Nullable String description,
        @Nullable List<String> tags,

        @Schema(description = "the classes' names by index") @Nullable
        List<String> labels,

        @Schema(description = "steps from an image to an input, in Open Model Zoo's words") @Nullable
        List<PreprocessingStep> preprocessing,

        @Schema(description = "aliases to move to the version, beside latest", example = "[\"stable\"]") @Nullable
        List<String> aliases) {

    ModelCard card() {
        return new ModelCard(
                title, description, task, licence, tags, preprocessing, labels, List.of(), List.of(), List.of());
    }
}
