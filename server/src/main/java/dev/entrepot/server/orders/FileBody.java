package dev.entrepot.server.orders;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A file that goes in, as a body names it.
 *
 * @param upload the id of one of the caller's uploads
 * @param sha256 its digest, {@code sha256:...}, if it belongs to a published version or to an upload of the caller's
 * @param path its name; that of the upload if left out
 * @param expression what makes the network, if this is the Python file that is asked for it
 */
@Schema(name = "File", description = "A file: an upload, or one that is in a published version already")
record FileBody(
        @Schema(description = "the id of one of the caller's uploads", example = "0f3c...") @Nullable
        String upload,

        @Schema(description = "instead of an upload: sha256:... of a file of a published version or an own upload")
        @Nullable
        String sha256,

        @Schema(
                description = "its name; Python files may have folders, which their imports go by."
                        + " The upload's filename if left out",
                example = "deploy.prototxt")
        @Nullable
        String path,

        @Schema(description = "what makes the network, for Python source", example = "VGG7(ch=1)") @Nullable
        String expression) {}
