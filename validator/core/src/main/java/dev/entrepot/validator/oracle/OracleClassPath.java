package dev.entrepot.validator.oracle;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the classes and natives of an oracle are.
 *
 * <p>Looked for in this order: the directory {@code NAME} in the directory that the system property {@value #PROPERTY} names; {@code
 * oracles/NAME} beside the jar of this class or one directory further up; the class path of this JVM, when the oracle is on it.
 *
 * @param value a class path as the {@code java} command takes it
 */
public record OracleClassPath(String value) {

    /** The system property with the directory that holds one directory of jars per oracle. */
    public static final String PROPERTY = "entrepot.oracles";

    /**
     * Finds an oracle.
     *
     * @param name the oracle's directory, such as {@code caffe}
     * @param mainClass the class that answers its requests
     */
    static Optional<OracleClassPath> find(String name, String mainClass) {
        for (Path directory : directories()) {
            Path jars = directory.resolve(name);
            if (holdsJars(jars)) {
                return Optional.of(
                        new OracleClassPath(jars.toAbsolutePath().resolve("*").toString()));
            }
        }
        String resource = mainClass.replace('.', '/') + ".class";
        boolean ours = OracleClassPath.class.getClassLoader().getResource(resource) != null;
        return ours ? Optional.of(new OracleClassPath(System.getProperty("java.class.path"))) : Optional.empty();
    }

    private static List<Path> directories() {
        var directories = new ArrayList<Path>();
        Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).ifPresent(directories::add);
        Path place = ourPlace();
        directories.add(place.resolveSibling("oracles"));
        directories.add(place.resolve("../../oracles").normalize());
        return directories;
    }

    private static Path ourPlace() {
        CodeSource source = OracleClassPath.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a jar lies at no proper place: " + source.getLocation(), e);
        }
    }

    private static boolean holdsJars(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".jar"));
        } catch (IOException e) {
            return false;
        }
    }
}
