package dev.entrepot.zoo.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;

/** Where damaged blobs go, for people to look at. */
final class Quarantine {

    private final Path folder;
    private final Clock clock;

    Quarantine(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    Path folder() {
        return folder;
    }

    /** Moves a damaged blob's file here and tells where it is. A sound one that took its place meanwhile stays. */
    String isolate(FileBlob blob) throws IOException {
        Path place = blob.path();
        Path aside = folder.resolve(blob.digest().hex() + "-" + clock.millis());
        try {
            if (!FileStamp.of(place).equals(blob.stamp())) {
                return "nowhere, another file has taken its place";
            }
            Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
            if (isSound(aside, blob.digest())) {
                Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
            }
            Folders.force(Folders.of(place));
        } catch (NoSuchFileException e) {
            return "quarantine by somebody else";
        }
        return aside.toString();
    }

    private static boolean isSound(Path file, Digest digest) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return HashedCopy.digest(channel).digest().equals(digest);
        }
    }
}
