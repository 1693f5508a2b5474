package dev.entrepot.onnx.io;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Plain files in a model's own directory: no path, no link, nothing that has a second name. Each is opened once. */
final class SiblingFiles implements ExternalData, Closeable {

    private static final Pattern PLAIN_NAME = Pattern.compile("[^/\\\\:\\p{Cntrl}]+");

    private final Path directory;
    private final Map<String, FileSource> open = new HashMap<>();

    SiblingFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public ByteSource find(String location, SourceLocation where) throws IOException {
        FileSource known = open.get(location);
        if (known != null) {
            return known;
        }
        Path path = plain(location, where);
        requireOwnFile(path, location, where);
        FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        FileSource source = FileSource.of(location, channel);
        open.put(location, source);
        return source;
    }

    @Override
    public void close() throws IOException {
        for (FileSource source : open.values()) {
            source.close();
        }
    }

    private Path plain(String location, SourceLocation where) {
        if (!PLAIN_NAME.matcher(location).matches() || location.equals(".") || location.equals("..")) {
            throw refused(location, where, "is a path, expected the plain name of a file beside the model");
        }
        try {
            return directory.resolve(location);
        } catch (InvalidPathException e) {
            throw refused(location, where, "is not a file name here: " + e.getReason());
        }
    }

    private static void requireOwnFile(Path path, String location, SourceLocation where) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw ExternalData.missing(location, where);
        }
        if (attributes.isSymbolicLink()) {
            throw refused(location, where, "is a symbolic link, which is not followed");
        }
        if (!attributes.isRegularFile()) {
            throw refused(location, where, "is not a regular file");
        }
        if (links(path) > 1) {
            throw refused(
                    location, where, "is a hard link: the same file has another name, which may not be the model's");
        }
    }

    private static int links(Path path) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return 1;
        }
        return (Integer) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    }

    private static ModelException refused(String location, SourceLocation where, String why) {
        return ModelException.unsupported(where, "external data \"" + location + "\"", why);
    }
}
