package dev.entrepot.zoo.convert;

import dev.entrepot.traced.SourceExpression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A source file as a conversion sees it.
 *
 * <p>It may be named as {@code FILE.py:EXPRESSION}. Python files that lie in several folders are named from the folder above the one that holds
 * them all, since their imports go by these names.
 *
 * @param path where it is
 * @param name its name in messages, imports and results
 * @param expression what makes the network, if this is the Python file that is asked for it
 */
public record NamedSource(Path path, String name, Optional<String> expression) {

    /** Names the files of one model, in the order they are given. */
    public static List<NamedSource> of(List<Path> arguments) {
        List<Path> paths = new ArrayList<>();
        List<Optional<String>> expressions = new ArrayList<>();
        for (Path argument : arguments) {
            Optional<SourceExpression> named =
                    Files.exists(argument) ? Optional.empty() : SourceExpression.parse(argument.toString());
            paths.add(named.map(found -> Path.of(found.file())).orElse(argument));
            expressions.add(named.map(SourceExpression::expression));
        }
        Path folder = folderOfSource(paths);
        List<NamedSource> sources = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            sources.add(new NamedSource(path, name(path, folder), expressions.get(i)));
        }
        return sources;
    }

    private static String name(Path path, Path folder) {
        if (!isPython(path)) {
            Path fileName = path.getFileName();
            return fileName == null ? path.toString() : fileName.toString();
        }
        String name = folder.relativize(path.toAbsolutePath().normalize()).toString();
        return name.replace(path.getFileSystem().getSeparator(), "/");
    }

    private static Path folderOfSource(List<Path> paths) {
        List<Path> source = paths.stream()
                .filter(NamedSource::isPython)
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

    private static boolean isPython(Path path) {
        return path.toString().endsWith(".py");
    }
}
