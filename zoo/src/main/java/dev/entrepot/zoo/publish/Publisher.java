package dev.entrepot.zoo.publish;

import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.NewVersion;
import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.Manifest;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionFile.Role;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Made;
import dev.entrepot.zoo.recipe.Made.MadeFile;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import dev.entrepot.zoo.store.Blob;
import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.CorruptBlobException;
import dev.entrepot.zoo.store.Digest;
import dev.entrepot.zoo.store.NoSuchBlobException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores candidates as versions: their blobs first, then one transaction. Doing it twice gives the same version. */
public final class Publisher {

    private static final String RECIPE = "recipe.json";

    private final BlobStore blobs;
    private final Catalogue catalogue;

    /**
     * @param blobs where files go
     * @param catalogue where versions go
     */
    public Publisher(BlobStore blobs, Catalogue catalogue) {
        this.blobs = blobs;
        this.catalogue = catalogue;
    }

    /** Finds the files that went in on the disk. */
    @FunctionalInterface
    public interface Sources {
        /** For files that are in the store already. */
        Sources STORED = path -> {
            throw new NoSuchFileException(path, null, "is not in the store");
        };

        /** The file of a version's path, {@code source/...} or {@code reference/...}; it is asked for only if its blob is not in the store. */
        Path file(String path) throws IOException;

        /** The files of an import. */
        static Sources of(ImportRequest request) {
            return request::file;
        }
    }

    /**
     * Publishes a candidate. When this returns, the version is safe on the disk; if the process dies before that, there is no trace of it but
     * for blobs that garbage collection takes away.
     *
     * @param sources where the recipe's files are, if they are not in the store
     * @return the version; the one that was there already if it has the same content
     * @throws NotProvenException if the validation did not pass
     * @throws IOException if a file is not what the candidate says, or the store or catalogue fails
     */
    public Version publish(Candidate candidate, Sources sources, Publication publication) throws IOException {
        ValidationRun validation = ValidationRun.of(candidate.report(), publication.isolation());
        if (!validation.passed()) {
            throw new NotProvenException(publication.name(), validation);
        }
        List<VersionFile> files = new ArrayList<>();
        for (MadeFile made : candidate.files()) {
            Blob blob = blobs.put(candidate.file(made));
            files.add(new VersionFile(made.path(), blob.digest(), blob.bytes(), made.role()));
        }
        requireSame(files, candidate, validation);
        Recipe recipe = candidate.recipe();
        for (Source source : recipe.sources()) {
            files.add(stored(Recipe.SOURCE_FOLDER, source, Role.SOURCE, sources));
        }
        for (Source source : recipe.reference()) {
            files.add(stored(Recipe.REFERENCE_FOLDER, source, Role.REFERENCE, sources));
        }
        Blob recipeBlob = blobs.put(recipe.toBytes());
        files.add(new VersionFile(RECIPE, recipeBlob.digest(), recipeBlob.bytes(), Role.RECIPE));
        Manifest manifest = Manifest.of(candidate.record().withCard(publication.card()), files);
        blobs.put(manifest.toBytes());
        blobs.put(candidate.report());
        return catalogue.publish(
                new NewVersion(publication.name(), manifest, recipeBlob.digest(), validation, publication.aliases()),
                publication.actor());
    }

    /** What was made must be what was validated, and what the record speaks of. */
    private static void requireSame(List<VersionFile> files, Candidate candidate, ValidationRun validation)
            throws IOException {
        Digest model = files.stream()
                .filter(file -> file.path().equals(Made.MODEL))
                .map(VersionFile::sha256)
                .findFirst()
                .orElseThrow(() -> new IOException("the candidate in " + candidate.folder() + " has no model"));
        if (!model.equals(validation.model())
                || !model.equals(candidate.record().facts().sha256())) {
            throw new IOException("the model in " + candidate.folder() + " is " + model + ", but "
                    + validation.model() + " was validated and the record is of "
                    + candidate.record().facts().sha256());
        }
    }

    private VersionFile stored(String folder, Source source, Role role, Sources sources) throws IOException {
        Optional<Blob> there = there(source.sha256());
        String path = folder + source.path();
        Blob blob = there.isPresent() ? there.get() : put(path, source.sha256(), sources);
        return new VersionFile(path, blob.digest(), blob.bytes(), role);
    }

    private Blob put(String path, Digest digest, Sources sources) throws IOException {
        try (FileChannel file = FileChannel.open(sources.file(path))) {
            return blobs.put(file, Optional.of(digest));
        }
    }

    /** A sound blob, kept from being collected. */
    private Optional<Blob> there(Digest digest) throws IOException {
        try {
            blobs.keep(digest);
            return Optional.of(blobs.verify(digest));
        } catch (NoSuchBlobException | CorruptBlobException e) {
            return Optional.empty();
        }
    }
}
