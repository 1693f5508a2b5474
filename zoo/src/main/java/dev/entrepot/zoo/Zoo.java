package dev.entrepot.zoo;

import dev.entrepot.validator.Validator;
import dev.entrepot.zoo.catalogue.Catalogue;
import dev.entrepot.zoo.catalogue.Database;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.publish.Candidate;
import dev.entrepot.zoo.publish.Candidate.Prepared;
import dev.entrepot.zoo.publish.Publication;
import dev.entrepot.zoo.publish.Publisher;
import dev.entrepot.zoo.publish.Publisher.Sources;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Reproduction;
import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.FileBlobStore;
import dev.entrepot.zoo.store.GarbageCollection;
import dev.entrepot.zoo.store.OpenBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/** A zoo that is open. All methods may be called from several threads; several processes may have one zoo open. */
public final class Zoo implements AutoCloseable {

    private final ZooSettings settings;
    private final BlobStore blobs;
    private final Database database;
    private final Catalogue catalogue;

    private Zoo(ZooSettings settings, BlobStore blobs, Database database) {
        this.settings = settings;
        this.blobs = blobs;
        this.database = database;
        this.catalogue = new Catalogue(database, settings.clock());
    }

    /**
     * Opens a zoo, and makes it if there is none.
     *
     * @throws IOException if the disk or the database fails
     */
    public static Zoo open(ZooSettings settings) throws IOException {
        makePrivate(settings.data());
        Files.createDirectories(settings.work());
        BlobStore blobs = FileBlobStore.open(settings.blobs(), settings.reserve(), settings.clock());
        return new Zoo(settings, blobs, Database.open(settings.database()));
    }

    /** The catalogue's lock file holds a key: only its owner may look into a zoo's folder, unless that was there before. */
    static void makePrivate(Path data) throws IOException {
        if (Files.isDirectory(data)) {
            return;
        }
        Files.createDirectories(data);
        if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Opens the zoo in a folder; see {@link #open(ZooSettings)}. */
    public static Zoo open(Path data) throws IOException {
        return open(ZooSettings.in(data));
    }

    /** Where it is. */
    public ZooSettings settings() {
        return settings;
    }

    /** Its blobs. */
    public BlobStore blobs() {
        return blobs;
    }

    /** What is in it. */
    public Catalogue catalogue() {
        return catalogue;
    }

    /** The catalogue's database. */
    public Database database() {
        return database;
    }

    /**
     * A model that came in here and now.
     *
     * @param version the version that it is
     * @param prepared what conversion and validation said
     */
    public record Published(Version version, Prepared prepared) {}

    /**
     * Converts, validates and publishes a model in this process.
     *
     * @throws dev.entrepot.bytes.ModelException if the model is refused, or the reference does not fit it
     * @throws dev.entrepot.zoo.publish.NotProvenException if its validation does not pass; nothing is published then
     * @throws IOException if a file cannot be read, or the disk or the database fails
     */
    public Published publish(ImportRequest request, Publication publication, Validator validator) throws IOException {
        try (WorkFolder work = workFolder()) {
            Prepared prepared = Candidate.prepare(request, work.path().resolve("candidate"), validator);
            return new Published(publish(prepared.candidate(), Sources.of(request), publication), prepared);
        }
    }

    /**
     * Publishes a model that has been converted and validated; see {@link Publisher#publish}.
     *
     * @param sources where the files are that went in; {@link Sources#STORED} if they are in the store
     */
    public Version publish(Candidate candidate, Sources sources, Publication publication) throws IOException {
        return new Publisher(blobs, catalogue).publish(candidate, sources, publication);
    }

    /**
     * Opens a file of a version.
     *
     * @throws NoSuchFileException if the version has no file at this path
     * @throws dev.entrepot.zoo.store.CorruptBlobException if it is damaged
     * @throws IOException if the store fails
     */
    public OpenBlob open(Version version, String path) throws IOException {
        Optional<VersionFile> file = version.content().file(path);
        if (file.isEmpty()) {
            throw new NoSuchFileException(version.name() + "/" + path);
        }
        return blobs.open(file.get().sha256());
    }

    /**
     * Copies a version's files into a folder: the layout of ONNX's own tests, with the source and the recipe beside it. Files that are there
     * already are replaced.
     *
     * @throws dev.entrepot.zoo.store.CorruptBlobException if one is damaged
     * @throws IOException if the store or the disk fails
     */
    public void unpack(Version version, Path folder) throws IOException {
        for (VersionFile file : version.files()) {
            Path target = folder.resolve(file.path());
            Path parent = target.getParent();
            Files.createDirectories(parent == null ? folder : parent);
            blobs.copyTo(file.sha256(), target);
        }
    }

    /**
     * Follows a version's recipe again and compares what comes out; see {@link Reproduction}.
     *
     * @throws IOException if the store or the disk fails
     */
    public Reproduction reproduce(Version version) throws IOException {
        try (WorkFolder work = workFolder()) {
            return Reproduction.of(version.content(), blobs, work.path());
        }
    }

    /**
     * Deletes the blobs that nothing needs and that were not put or kept within the time of grace.
     *
     * @throws IOException if the store or the database fails
     */
    public GarbageCollection collectGarbage(Duration grace) throws IOException {
        // The moment comes first: what is needed since then has been put since then.
        var before = settings.clock().instant().minus(grace);
        return GarbageCollection.in(blobs, catalogue.neededBlobs(), before);
    }

    /**
     * Hashes all blobs and looks whether every version is whole.
     *
     * @throws IOException if the store or the database fails
     */
    public Verification verify() throws IOException {
        return Verification.of(this);
    }

    /** A new folder for work in progress, on the same file system as the blobs; it goes when it is closed. */
    public WorkFolder workFolder() throws IOException {
        return WorkFolder.in(settings.work());
    }

    @Override
    public void close() {
        database.close();
    }
}
