package dev.entrepot.server.orders;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that is to become ONNX. What is left out is as on the command line.
 *
 * @param sources its files, in any order
 * @param framework the framework; judged by the files if left out or empty
 * @param inputs what is said about inputs, as {@code --input} has it
 * @param opset the version of ai.onnx to write
 * @param externalData whether the weights go to a file of their own
 * @param allowMissing whether parameters without weights are filled
 * @param allowUnused whether weights that fit no parameter are left out
 * @param weightsKey where a checkpoint keeps the network
 * @param stripPrefix what to take off the weights' names
 * @param reference inputs and expected outputs: one {@code .npz}, or files {@code test_data_set_N/input_I.pb}
 * @param publish where it is published if it passes
 */
@Schema(name = "ConversionOrder", description = "A model that is to become ONNX")
record ConversionBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "the model's files, in any order") @Nullable
        List<FileBody> sources,

        @Schema(description = "judged by the files' content if left out", example = "caffe") @Nullable
        String framework,

        @Schema(
                description = "NAME:DTYPE[D0,D1,...] or NAME=NUMBER, as --input has it",
                example = "[\"x:float32[N,3,224,224]\"]")
        @Nullable
        List<String> inputs,

        @Schema(description = "7 to 20", defaultValue = "20") @Nullable
        Long opset,

        @JsonProperty("external_data") @Nullable Boolean externalData,
        @JsonProperty("allow_missing") @Nullable Boolean allowMissing,
        @JsonProperty("allow_unused") @Nullable Boolean allowUnused,
        @JsonProperty("weights_key") @Nullable String weightsKey,
        @JsonProperty("strip_prefix") @Nullable String stripPrefix,

        @Schema(
                description = "inputs and the genuine framework's outputs: one .npz, or files"
                        + " test_data_set_N/input_I.pb and output_I.pb")
        @Nullable
        List<FileBody> reference,

        @Nullable PublishBody publish) {}
