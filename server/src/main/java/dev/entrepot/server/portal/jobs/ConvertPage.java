package dev.entrepot.server.portal.jobs;

import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.opset.Opsets;
import dev.entrepot.server.jobs.JobOrder.Conversion;
import dev.entrepot.server.jobs.JobOrder.Destination;
import dev.entrepot.zoo.convert.Converter;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The form that orders a conversion.
 *
 * @param needsToken whether the server takes orders only with a token
 * @param longest the longest file that it takes, in bytes
 * @param sources the files that are there already
 * @param reference the files of a reference that are there already
 * @param values what the fields hold
 */
public record ConvertPage(
        boolean needsToken, long longest, List<Source> sources, List<Source> reference, Values values) {

    /** The frameworks that can be named. */
    public static final List<String> FRAMEWORKS = Converter.frameworks();

    /** What models are for, in Open Model Zoo's words; there are others. */
    public static final List<String> TASKS = List.of(
            "action_recognition",
            "background_matting",
            "classification",
            "colorization",
            "deblurring",
            "detection",
            "face_recognition",
            "feature_extraction",
            "head_pose_estimation",
            "human_pose_estimation",
            "image_inpainting",
            "image_processing",
            "image_translation",
            "instance_segmentation",
            "machine_translation",
            "monocular_depth_estimation",
            "named_entity_recognition",
            "noise_suppression",
            "object_attributes",
            "optical_character_recognition",
            "place_recognition",
            "question_answering",
            "semantic_segmentation",
            "sound_classification",
            "speech_recognition",
            "style_transfer",
            "text_to_speech",
            "time_series",
            "token_recognition");

    /** Licences that many models have, as SPDX writes them. */
    public static final List<String> LICENCES = List.of(
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC-BY-4.0",
            "CC-BY-NC-4.0",
            "CC0-1.0",
            "GPL-3.0-only",
            "MIT",
            "NOASSERTION");

    /**
     * What the fields hold.
     *
     * @param framework the framework; empty for by content
     * @param inputs what is said about inputs, one a line
     * @param opset the version of ai.onnx
     * @param allowMissing whether parameters without weights are filled
     * @param allowUnused whether weights without a parameter are left out
     * @param externalData whether weights are always a file of their own
     * @param weightsKey where a checkpoint keeps the weights
     * @param stripPrefix what is taken off the weights' names
     * @param model the name to publish under; empty for none
     * @param card what is said about it
     */
    public record Values(
            String framework,
            String inputs,
            long opset,
            boolean allowMissing,
            boolean allowUnused,
            boolean externalData,
            String weightsKey,
            String stripPrefix,
            String model,
            ModelCard card) {

        /** The labels, one a line. */
        public String labels() {
            return String.join("\n", card.labels());
        }

        /** The tags, divided by commas. */
        public String tags() {
            return String.join(", ", card.tags());
        }

        /** Whether anything is said that few people need to say. */
        public boolean saysMore() {
            return externalData || !weightsKey.isEmpty() || !stripPrefix.isEmpty();
        }
    }

    static ConvertPage empty(boolean needsToken, long longest) {
        Values nothing = new Values("", "", Model.HOUSE_OPSET, false, false, false, "", "", "", ModelCard.EMPTY);
        return new ConvertPage(needsToken, longest, List.of(), List.of(), nothing);
    }

    static ConvertPage again(Conversion order, boolean needsToken, long longest) {
        Recipe recipe = order.recipe();
        Destination destination = order.destination();
        Values values = new Values(
                recipe.framework(),
                recipe.inputs().stream().map(InputLine::of).collect(Collectors.joining("\n")),
                recipe.opset(),
                recipe.missing().equals("fill"),
                recipe.unused().equals("ignore"),
                recipe.externalData().equals("always"),
                recipe.weightsKey(),
                recipe.stripPrefix(),
                destination == null ? "" : destination.model().toString(),
                destination == null ? ModelCard.EMPTY : destination.card());
        return new ConvertPage(needsToken, longest, recipe.sources(), recipe.reference(), values);
    }

    /** The versions of ai.onnx to choose from, the newest first. */
    public List<Long> opsets() {
        return LongStream.rangeClosed(Opsets.OLDEST, Model.HOUSE_OPSET)
                .boxed()
                .sorted(Comparator.reverseOrder())
                .toList();
    }
}
