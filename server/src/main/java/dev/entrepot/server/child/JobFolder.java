package dev.entrepot.server.child;

import dev.entrepot.bytes.AtomicFile;
import dev.entrepot.zoo.entry.EntryJson;
import dev.entrepot.zoo.entry.VersionFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A job's folder: {@code in} holds the order and the files that go in, laid out as in a version, {@code out} what comes out, {@code tmp} the rest.
 *
 * @param path where it is
 */
public record JobFolder(Path path) {

    /** Where below {@code in} the model lies that is only validated. */
    public static final String MODEL = "model/";

    private static final String ORDER = "order.json";
    private static final String RESULT = "result.json";
    private static final String REPORT = "report.json";
    private static final long LONGEST = 256L << 20;

    /** Makes a job's folder, empty. */
    public static JobFolder make(Path path) throws IOException {
        JobFolder folder = new JobFolder(path.toAbsolutePath().normalize());
        Files.createDirectories(folder.in());
        Files.createDirectories(folder.out());
        Files.createDirectories(folder.tmp());
        return folder;
    }

    /** What goes in. The child need not write to it. */
    public Path in() {
        return path.resolve("in");
    }

    /** What comes out. */
    public Path out() {
        return path.resolve("out");
    }

    /** What the child needs on its way. */
    public Path tmp() {
        return path.resolve("tmp");
    }

    /** Writes the order. */
    public void write(ChildOrder order) throws IOException {
        write(in().resolve(ORDER), EntryJson.toBytes(order));
    }

    /** Reads the order. */
    public ChildOrder order() throws IOException {
        return EntryJson.read(bytes(in(), ORDER), ChildOrder.class);
    }

    void write(ChildResult result) throws IOException {
        write(out().resolve(RESULT), EntryJson.toBytes(result));
    }

    void writeReport(byte[] report) throws IOException {
        write(out().resolve(REPORT), report);
    }

    /**
     * What the child said at its end.
     *
     * @throws IOException if it did not, or it cannot be read
     */
    public ChildResult result() throws IOException {
        try {
            return EntryJson.read(bytes(out(), RESULT), ChildResult.class);
        } catch (IllegalArgumentException e) {
            throw new IOException("what the child said cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether the child said something at its end. */
    public boolean hasResult() {
        return Files.isRegularFile(out().resolve(RESULT), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * The validation report.
     *
     * @throws IOException if there is none
     */
    public byte[] report() throws IOException {
        return bytes(out(), REPORT);
    }

    /**
     * A file that came out: a plain one.
     *
     * @throws NoSuchFileException if there is no plain file at this path
     * @throws IllegalArgumentException if this is no path within a folder
     */
    public Path made(String file) throws IOException {
        return plain(out(), file);
    }

    private static byte[] bytes(Path folder, String name) throws IOException {
        Path file = plain(folder, name);
        if (Files.size(file) > LONGEST) {
            throw new IOException(name + " has " + Files.size(file) + " bytes, the limit is " + LONGEST);
        }
        return Files.readAllBytes(file);
    }

    /** The child may be a stranger's tool by now: no link of its making is followed. */
    private static Path plain(Path folder, String path) throws IOException {
        VersionFile.requirePath(path);
        Path file = folder;
        for (String part : path.split("/")) {
            file = file.resolve(part);
            if (Files.isSymbolicLink(file)) {
                throw new IOException(path + " is a link");
            }
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(file.toString());
        }
        return file;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        AtomicFile.write(file, out -> {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
        });
    }
}
