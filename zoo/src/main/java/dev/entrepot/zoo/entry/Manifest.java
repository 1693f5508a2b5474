package dev.entrepot.zoo.entry;

import dev.entrepot.zoo.store.Digest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A version: its record and its files. The same content gives the same bytes, whoever makes it and whenever.
 *
 * @param schema {@value #SCHEMA}
 * @param record what is known of it
 * @param files its files, sorted by path
 */
public record Manifest(String schema, ModelRecord record, List<VersionFile> files) {

    /** The version of this schema. */
    public static final String SCHEMA = "entrepot-manifest/1";

    /** @throws IllegalArgumentException if a path is there twice */
    public Manifest {
        files = files.stream().sorted(Comparator.comparing(VersionFile::path)).toList();
        if (files.stream().map(VersionFile::path).distinct().count() < files.size()) {
            throw new IllegalArgumentException("a version's paths must differ");
        }
    }

    /** A manifest of this schema. */
    public static Manifest of(ModelRecord record, List<VersionFile> files) {
        return new Manifest(SCHEMA, record, files);
    }

    /** The file at this path. */
    public Optional<VersionFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** The manifest's own bytes, whose digest names the version. */
    public byte[] toBytes() {
        return EntryJson.toBytes(this);
    }

    /** The digest of {@link #toBytes()}. */
    public Digest digest() {
        return Digest.of(toBytes());
    }
}
