package dev.entrepot.zoo.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * What shows that a file has changed.
 *
 * @param file which file it is, its inode where there are such
 * @param bytes its length
 * @param modified when its bytes changed, which a program can set as it likes
 * @param changed when anything about it changed, which no program can set; empty where the system does not tell
 */
record FileStamp(String file, long bytes, String modified, String changed) {

    static FileStamp of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new FileStamp(
                Objects.toString(attributes.fileKey()),
                attributes.size(),
                attributes.lastModifiedTime().toString(),
                changed(path));
    }

    private static String changed(Path path) throws IOException {
        try {
            return Objects.toString(Files.getAttribute(path, "unix:ctime"));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }
}
