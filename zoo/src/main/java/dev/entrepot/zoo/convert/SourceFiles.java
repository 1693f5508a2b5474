package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.traced.SourceExpression;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of one model, open as long as their weights may be read.
 *
 * <p>One of them may be named as {@code FILE.py:EXPRESSION}. Python files that lie in several folders are named from the folder above
 * the one that holds them all, since their imports go by these names.
 */
final class SourceFiles implements Closeable {

    private final List<Path> paths = new ArrayList<>();
    private final List<FileSource> open = new ArrayList<>();
    private Optional<SourceExpression> expression = Optional.empty();

    private SourceFiles() {}

    /** @throws IOException if a file cannot be opened; none is open then */
    static SourceFiles open(List<Path> arguments) throws IOException {
        SourceFiles files = new SourceFiles();
        int main = -1;
        for (Path argument : arguments) {
            Optional<SourceExpression> named =
                    Files.exists(argument) ? Optional.empty() : SourceExpression.parse(argument.toString());
            if (named.isPresent()) {
                files.expression = named;
                main = files.paths.size();
            }
            files.paths.add(named.map(found -> Path.of(found.file())).orElse(argument));
        }
        try {
            Path folder = files.folderOfSource();
            for (Path path : files.paths) {
                files.open.add(isSource(path) ? opened(path, folder) : FileSource.open(path));
            }
        } catch (IOException e) {
            files.close();
            throw e;
        }
        if (main >= 0) {
            String name = files.open.get(main).name();
            files.expression = files.expression.map(found -> new SourceExpression(name, found.expression()));
        }
        return files;
    }

    private static FileSource opened(Path path, Path folder) throws IOException {
        String name = folder.relativize(path.toAbsolutePath().normalize()).toString();
        return FileSource.of(
                name.replace(path.getFileSystem().getSeparator(), "/"),
                FileChannel.open(path, StandardOpenOption.READ));
    }

    private Path folderOfSource() {
        List<Path> source = paths.stream()
                .filter(SourceFiles::isSource)
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
        Path folder = source.isEmpty() ? Path.of("").toAbsolutePath() : above(source.get(0));
        for (Path path : source) {
            while (!path.startsWith(folder)) {
                folder = above(folder);
            }
        }
        return source.size() > 1 ? above(folder) : folder;
    }

    /** The folder that something lies in; of a root the root. */
    private static Path above(Path path) {
        Path parent = path.getParent();
        return parent == null ? path : parent;
    }

    private static boolean isSource(Path path) {
        return path.toString().endsWith(".py");
    }

    /** The files' paths, in the order they were given. */
    List<Path> paths() {
        return paths;
    }

    /** The files, in the order they were given. */
    List<ByteSource> sources() {
        return List.copyOf(open);
    }

    /** The network that a Python file is asked for. */
    Optional<SourceExpression> expression() {
        return expression;
    }

    @Override
    public void close() throws IOException {
        for (FileSource file : open) {
            file.close();
        }
    }
}
