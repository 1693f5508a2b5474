package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.io.IOException;
import java.util.Map;

/**
 * The blobs beside a model's file that its tensors may lie in.
 *
 * <p>A closed set: the name that a model gives is only ever compared, never followed. Source: docs/ExternalDataSecurity.md of ONNX.
 */
public interface ExternalData {

    /** There is none: every tensor must lie in the model's own file. */
    ExternalData NONE = of(Map.of());

    /**
     * The blob of this name.
     *
     * @param location the name as the model has it
     * @param where the place in the model, for messages
     * @throws ModelException if there is no such blob, or it must not be read
     * @throws IOException if it cannot be opened
     */
    ByteSource find(String location, SourceLocation where) throws IOException;

    /** These blobs, by their exact names. */
    static ExternalData of(Map<String, ByteSource> blobs) {
        Map<String, ByteSource> known = Map.copyOf(blobs);
        return (location, where) -> {
            ByteSource found = known.get(location);
            if (found == null) {
                throw missing(location, where);
            }
            return found;
        };
    }

    /** The fault of naming a blob that is not there. */
    static ModelException missing(String location, SourceLocation where) {
        return ModelException.malformed(
                where,
                "external data \"" + location + "\"",
                "is not there, expected a file of this name beside the model");
    }
}
