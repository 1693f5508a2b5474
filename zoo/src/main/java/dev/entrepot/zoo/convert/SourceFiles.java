package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.traced.SourceExpression;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of one model, open as long as their weights may be read. */
final class SourceFiles implements Closeable {

    private final List<NamedSource> named;
    private final List<FileSource> open = new ArrayList<>();

    private SourceFiles(List<NamedSource> named) {
        this.named = named;
    }

    /** @throws IOException if a file cannot be opened; none is open then */
    static SourceFiles open(List<Path> arguments) throws IOException {
        SourceFiles files = new SourceFiles(NamedSource.of(arguments));
        try {
            for (NamedSource source : files.named) {
                files.open.add(FileSource.of(source.name(), FileChannel.open(source.path(), StandardOpenOption.READ)));
            }
        } catch (IOException e) {
            files.close();
            throw e;
        }
        return files;
    }

    /** The files' paths, in the order they were given. */
    List<Path> paths() {
        return named.stream().map(NamedSource::path).toList();
    }

    /** The files, in the order they were given. */
    List<ByteSource> sources() {
        return List.copyOf(open);
    }

    /** The network that a Python file is asked for; the last one's, if several are. */
    Optional<SourceExpression> expression() {
        return named.stream()
                .flatMap(source ->
                        source.expression().stream().map(expression -> new SourceExpression(source.name(), expression)))
                .reduce((first, second) -> second);
    }

    @Override
    public void close() throws IOException {
        for (FileSource file : open) {
            file.close();
        }
    }
}
