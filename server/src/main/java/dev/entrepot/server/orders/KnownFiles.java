package dev.entrepot.server.orders;

import dev.entrepot.server.uploads.Upload;
import dev.entrepot.server.uploads.Uploads;
import dev.entrepot.server.web.FieldFaults;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Database;
import dev.entrepot.zoo.recipe.Recipe.Source;
import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.Digest;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the files that a body names. A caller may name what the caller could fetch or has sent: an own upload, or by its digest a file of a published
 * version or of an own upload. A digest alone opens nothing, and does not tell whether the store has the file.
 */
@Singleton
final class KnownFiles {

    private static final int MOST_FILES = 1000;
    private static final int LONGEST_EXPRESSION = 10_000;
    private static final String HOLDER = "upload:";

    private final Uploads uploads;
    private final BlobStore blobs;
    private final Database database;

    KnownFiles(Uploads uploads, BlobStore blobs, Database database) {
        this.uploads = uploads;
        this.blobs = blobs;
        this.database = database;
    }

    /**
     * The files of a list, as far as nothing is wrong with them.
     *
     * @param field the list's name
     * @param faults is told what is wrong
     */
    List<Source> find(List<FileBody> files, String field, String caller, FieldFaults faults) throws IOException {
        if (files.size() > MOST_FILES) {
            faults.add(field, "has " + files.size() + " files, the limit is " + MOST_FILES);
            return List.of();
        }
        List<Source> found = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            String place = field + "[" + i + "]";
            FileBody file = files.get(i);
            if (file == null) {
                faults.add(place, "expected an object");
                continue;
            }
            Optional<Source> source = find(file, place, caller, faults);
            source.ifPresent(found::add);
        }
        return found;
    }

    private Optional<Source> find(FileBody file, String place, String caller, FieldFaults faults) throws IOException {
        if (file.upload() == null == (file.sha256() == null)) {
            faults.add(place, "either upload or sha256 is expected");
            return Optional.empty();
        }
        Optional<Upload> upload = file.upload() == null ? Optional.empty() : own(file.upload(), caller);
        Optional<Digest> digest = file.upload() == null
                ? byDigest(String.valueOf(file.sha256()), place, caller, faults)
                : whole(upload, place, faults);
        String path = file.path() == null ? upload.map(KnownFiles::name).orElse("") : file.path();
        String expression = file.expression() == null ? "" : file.expression();
        if (path.isEmpty()) {
            faults.add(place + ".path", "is missing, and the upload has no filename");
            return Optional.empty();
        }
        if (expression.length() > LONGEST_EXPRESSION || expression.contains("\0") || expression.contains("//")) {
            faults.add(
                    place + ".expression", "has up to " + LONGEST_EXPRESSION + " characters, no NUL and no // in it");
            return Optional.empty();
        }
        try {
            return digest.isEmpty() ? Optional.empty() : Optional.of(new Source(path, expression, digest.get()));
        } catch (IllegalArgumentException e) {
            faults.add(place + ".path", "\"" + path + "\" is no path within a folder");
            return Optional.empty();
        }
    }

    private Optional<Upload> own(String id, String caller) throws IOException {
        Optional<Upload> found =
                uploads.find(id).filter(upload -> upload.owner().equals(caller));
        try {
            // What a crash left between its digest and its blob moves on.
            return found.isPresent() && found.get().isWhole() ? Optional.of(uploads.get(id)) : found;
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Optional<Digest> whole(Optional<Upload> upload, String place, FieldFaults faults) {
        if (upload.isEmpty()) {
            faults.add(place + ".upload", "none of your uploads has this id, or it has expired");
            return Optional.empty();
        }
        if (!upload.get().isWhole()) {
            faults.add(
                    place + ".upload",
                    "is not whole: " + upload.get().offset() + " of "
                            + upload.get().length() + " bytes have come");
            return Optional.empty();
        }
        return Optional.of(new Digest(String.valueOf(upload.get().sha256())));
    }

    private Optional<Digest> byDigest(String text, String place, String caller, FieldFaults faults) throws IOException {
        Digest digest;
        try {
            digest = text.startsWith(Digest.PREFIX) ? Digest.parse(text) : new Digest(text);
        } catch (IllegalArgumentException e) {
            faults.add(place + ".sha256", "64 hexadecimal digits are expected, sha256: before them or not");
            return Optional.empty();
        }
        if (blobs.find(digest).isPresent() && (isPublished(digest) || isUploadOf(digest, caller))) {
            return Optional.of(digest);
        }
        faults.add(place + ".sha256", "no published version and none of your uploads has this file; upload it");
        return Optional.empty();
    }

    private boolean isPublished(Digest digest) throws IOException {
        return database.read(transaction -> transaction
                .first(
                        "select version_id from version_file where digest = ? fetch first 1 rows only",
                        row -> row.getLong(1),
                        digest.hex())
                .isPresent());
    }

    private boolean isUploadOf(Digest digest, String caller) throws IOException {
        List<String> holders = database.read(transaction -> transaction.query(
                "select holder from blob_hold where digest = ? and holder like '" + HOLDER + "%'",
                row -> row.getString(1),
                digest.hex()));
        for (String holder : holders) {
            if (own(holder.substring(HOLDER.length()), caller).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The name that the sender gave it, without folders. */
    private static String name(Upload upload) {
        String given =
                upload.metadata().getOrDefault("filename", upload.metadata().getOrDefault("name", ""));
        return given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    }
}
