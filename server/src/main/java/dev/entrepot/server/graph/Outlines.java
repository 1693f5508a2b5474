package dev.entrepot.server.graph;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.io.ExternalData;
import dev.entrepot.onnx.io.OnnxReader;
import dev.entrepot.onnx.io.ReadLimits;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionFile.Role;
import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.OpenBlob;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The graphs of versions. */
@Singleton
public final class Outlines {

    private final BlobStore blobs;

    Outlines(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * A version's graph.
     *
     * @throws IOException if its model cannot be read
     */
    public GraphOutline of(Version version) throws IOException {
        List<OpenBlob> open = new ArrayList<>();
        try {
            Map<String, ByteSource> beside = new HashMap<>();
            for (VersionFile file : version.files()) {
                if (file.role() == Role.EXTERNAL_DATA) {
                    beside.put(file.path(), opened(file, open));
                }
            }
            for (VersionFile file : version.files()) {
                if (file.role() == Role.MODEL) {
                    return Outlining.of(
                            OnnxReader.read(opened(file, open), ExternalData.of(beside), ReadLimits.STRICT));
                }
            }
            throw new IOException(version.name() + " has no model");
        } finally {
            for (OpenBlob blob : open) {
                blob.close();
            }
        }
    }

    private OpenBlob opened(VersionFile file, List<OpenBlob> open) throws IOException {
        OpenBlob blob = blobs.open(file.sha256());
        open.add(blob);
        return blob;
    }
}
