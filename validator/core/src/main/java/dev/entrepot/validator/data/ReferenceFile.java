package dev.entrepot.validator.data;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.npy.Npz;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An {@code .npz} file or a folder of test data sets, open as long as its arrays are used. */
public final class ReferenceFile implements Closeable {

    private final String name;
    private final List<Reference> sets;
    private final List<FileSource> files;

    private ReferenceFile(String name, List<Reference> sets, List<FileSource> files) {
        this.name = name;
        this.sets = List.copyOf(sets);
        this.files = List.copyOf(files);
    }

    /**
     * Opens an {@code .npz} file, or a folder with {@code test_data_set_N} in it, each with {@code input_0.pb}, {@code output_0.pb}, ...
     *
     * @throws ModelException if a file is malformed
     * @throws NoSuchFileException if there is no such file or folder
     * @throws IOException if the disk fails
     */
    public static ReferenceFile open(Path path) throws IOException {
        String name = String.valueOf(path.getFileName());
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "there is no such reference");
        }
        List<FileSource> files = new ArrayList<>();
        try {
            List<Reference> sets = Files.isDirectory(path) ? TestDataSets.read(path, files) : List.of(npz(path, files));
            return new ReferenceFile(name, sets, files);
        } catch (UncheckedIOException e) {
            close(files);
            throw e.getCause();
        } catch (IOException | RuntimeException e) {
            close(files);
            throw e;
        }
    }

    /** The name of the file or folder. */
    public String name() {
        return name;
    }

    /** The sets in it, at least one. */
    public List<Reference> sets() {
        return sets;
    }

    /** The bytes that everything was read from, in a fixed order. */
    public List<ByteSource> sources() {
        return List.copyOf(files);
    }

    @Override
    public void close() throws IOException {
        close(files);
    }

    private static Reference npz(Path path, List<FileSource> files) throws IOException {
        FileSource source = FileSource.open(path);
        files.add(source);
        if (source.length() == 0) {
            throw ModelException.malformed(SourceLocation.file(source.name()), "reference", "is empty");
        }
        return Reference.of(source.name(), Npz.read(source));
    }

    private static void close(List<FileSource> files) throws IOException {
        for (FileSource file : files) {
            file.close();
        }
    }
}
