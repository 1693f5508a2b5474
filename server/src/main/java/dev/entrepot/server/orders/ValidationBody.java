package dev.entrepot.server.orders;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model that is to be run against a reference: a version, or files.
 *
 * @param model the version
 * @param files or the files: one {@code .onnx}, perhaps its {@code .onnx.data}
 * @param reference inputs and expected outputs; those of the version if left out
 * @param provider {@code auto}, {@code cpu} or {@code cuda}
 */
@Schema(name = "ValidationOrder", description = "An ONNX model that is to be run against a reference")
record ValidationBody(
        @Schema(description = "a published version", example = "samples/digits-caffe@1") @Nullable
        String model,

        @Schema(description = "instead of a version: one .onnx, and its .onnx.data if it has one") @Nullable
        List<FileBody> files,

        @Schema(description = "inputs and expected outputs; the version's own if left out") @Nullable
        List<FileBody> reference,

        @Schema(
                allowableValues = {"auto", "cpu", "cuda"},
                defaultValue = "auto")
        @Nullable
        String provider) {}
