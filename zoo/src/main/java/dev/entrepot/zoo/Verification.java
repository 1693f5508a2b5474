package dev.entrepot.zoo;

import dev.entrepot.zoo.catalogue.ValidationRun;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.store.Blob;
import dev.entrepot.zoo.store.Digest;
import dev.entrepot.zoo.store.Scrub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a zoo is whole.
 *
 * @param blobs how many blobs are sound
 * @param bytes how long they are, all together
 * @param versions how many versions there are
 * @param faults what is wrong: damaged blobs, and versions that lack something
 */
public record Verification(long blobs, long bytes, int versions, List<String> faults) {

    public Verification {
        faults = List.copyOf(faults);
    }

    /** Whether nothing is wrong. */
    public boolean sound() {
        return faults.isEmpty();
    }

    static Verification of(Zoo zoo) throws IOException {
        // Versions first: blobs of those that are published meanwhile are not asked for.
        List<VersionName> names = zoo.catalogue().allVersions();
        Scrub scrub = Scrub.of(zoo.blobs());
        List<String> faults = new ArrayList<>(scrub.damaged());
        for (VersionName name : names) {
            Optional<Version> version = zoo.catalogue().find(name);
            if (version.isPresent()) {
                check(zoo, version.get(), faults);
            }
        }
        return new Verification(scrub.blobs(), scrub.bytes(), names.size(), faults);
    }

    private static void check(Zoo zoo, Version version, List<String> faults) throws IOException {
        if (!version.content().digest().equals(version.digest())) {
            faults.add(version.name() + ": its manifest comes to "
                    + version.content().digest() + ", expected is " + version.digest());
        }
        lacks(zoo, version, "its manifest", version.digest(), -1, faults);
        lacks(zoo, version, "its recipe", version.recipe(), -1, faults);
        for (VersionFile file : version.files()) {
            lacks(zoo, version, file.path(), file.sha256(), file.bytes(), faults);
        }
        for (ValidationRun run : zoo.catalogue().validations(version)) {
            lacks(zoo, version, "the report of " + run.created(), run.report(), -1, faults);
        }
    }

    private static void lacks(Zoo zoo, Version version, String what, Digest digest, long bytes, List<String> faults)
            throws IOException {
        Optional<Blob> blob = zoo.blobs().find(digest);
        if (blob.isEmpty()) {
            faults.add(version.name() + ": " + what + ", " + digest + ", is missing");
        } else if (bytes >= 0 && blob.get().bytes() != bytes) {
            faults.add(version.name() + ": " + what + " has " + blob.get().bytes() + " bytes, expected are " + bytes);
        }
    }
}
