package dev.entrepot.zoo.recipe;

import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.Manifest;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.recipe.Made.MadeFile;
import dev.entrepot.zoo.store.BlobStore;
import dev.entrepot.zoo.store.Digest;
import dev.entrepot.zoo.store.OpenBlob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What following a version's recipe again gave.
 *
 * @param converterThen which converter made the version
 * @param converterNow which converter did it now
 * @param files how many files were made
 * @param changes those that came out otherwise
 */
public record Reproduction(String converterThen, String converterNow, int files, List<Change> changes) {

    private static final long LONGEST_RECIPE = 16 << 20;

    public Reproduction {
        changes = List.copyOf(changes);
    }

    /** Whether everything came out the same. */
    public boolean same() {
        return changes.isEmpty();
    }

    /**
     * A file that came out otherwise.
     *
     * @param path where it lies in the version
     * @param was its digest in the version; empty if the version has no such file
     * @param is its digest now; empty if none was made
     */
    public record Change(String path, String was, String is) {}

    /**
     * Takes a version's source from the store, follows its recipe in an empty folder and compares what comes out.
     *
     * @throws dev.entrepot.bytes.ModelException if the converter refuses now what it took then
     * @throws IOException if the store or the disk fails
     */
    public static Reproduction of(Manifest version, BlobStore blobs, Path folder) throws IOException {
        Map<String, Digest> expected = new LinkedHashMap<>();
        Digest recipeBlob = null;
        for (VersionFile file : version.files()) {
            switch (file.role()) {
                case SOURCE, REFERENCE -> {
                    Path target = folder.resolve(file.path());
                    Files.createDirectories(target.getParent());
                    blobs.copyTo(file.sha256(), target);
                }
                case RECIPE -> recipeBlob = file.sha256();
                case MODEL, EXTERNAL_DATA, TEST_DATA -> expected.put(file.path(), file.sha256());
            }
        }
        if (recipeBlob == null) {
            throw new IOException("the version has no recipe");
        }
        Recipe recipe = read(blobs, recipeBlob);
        Path out = Files.createDirectories(folder.resolve("made"));
        Made made = Made.in(out, recipe.request(folder));
        List<Change> changes = new ArrayList<>();
        for (MadeFile file : made.files()) {
            Digest now = Digest.of(out.resolve(file.path()));
            Digest then = expected.remove(file.path());
            if (!now.equals(then)) {
                changes.add(new Change(file.path(), then == null ? "" : then.toString(), now.toString()));
            }
        }
        expected.forEach((path, then) -> changes.add(new Change(path, then.toString(), "")));
        return new Reproduction(
                recipe.converter(), made.recipe().converter(), made.files().size(), changes);
    }

    private static Recipe read(BlobStore blobs, Digest digest) throws IOException {
        try (OpenBlob blob = blobs.open(digest)) {
            return EntryJson.read(blob.readAll(LONGEST_RECIPE), Recipe.class);
        }
    }
}
