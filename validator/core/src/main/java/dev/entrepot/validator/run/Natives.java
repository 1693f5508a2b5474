package dev.entrepot.validator.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where ONNX Runtime finds its native libraries.
 *
 * <p>Left alone, it extracts them from its jar into a fresh temporary folder in every process. Here they are extracted once, into the user's
 * cache, or a folder that the user names is taken.
 */
final class Natives {

    /** The user's folder, for natives that no jar holds, such as those for CUDA 13. */
    static final String VARIABLE = "ENTREPOT_ORT_NATIVES";

    private static final String PROPERTY = "onnxruntime.native.path";
    private static final List<String> REQUIRED = List.of("onnxruntime", "onnxruntime4j_jni");
    private static final List<String> OPTIONAL = List.of("onnxruntime_providers_shared", "onnxruntime_providers_cuda");

    private Natives() {}

    /**
     * Tells ONNX Runtime where its libraries lie; to be called before its first class is used.
     *
     * @param jarClass a class of its jar, not initialized
     * @throws ProviderUnavailableException if the user's folder lacks a library
     */
    static void prepare(Map<String, String> environment, Class<?> jarClass) {
        String chosen = environment.getOrDefault(VARIABLE, "");
        if (!chosen.isEmpty()) {
            System.setProperty(PROPERTY, complete(Path.of(chosen)).toString());
        } else if (System.getProperty(PROPERTY) == null) {
            extracted(environment, jarClass).ifPresent(folder -> System.setProperty(PROPERTY, folder.toString()));
        }
    }

    private static Path complete(Path folder) {
        for (String library : REQUIRED) {
            Path file = folder.resolve(System.mapLibraryName(library));
            if (!Files.isRegularFile(file)) {
                throw new ProviderUnavailableException(VARIABLE + "=" + folder + " does not hold "
                        + file.getFileName() + "; it needs "
                        + REQUIRED.stream().map(System::mapLibraryName).toList()
                        + " of ONNX Runtime's version, and the providers' libraries");
            }
        }
        return folder.toAbsolutePath();
    }

    /** The cache's folder for this jar, filled; nothing where it cannot be, and ONNX Runtime helps itself then. */
    private static Optional<Path> extracted(Map<String, String> environment, Class<?> jarClass) {
        Optional<String> platform = platform();
        Optional<Path> jar = jar(jarClass);
        if (platform.isEmpty() || jar.isEmpty()) {
            return Optional.empty();
        }
        try {
            String key = jar.get().getFileName().toString().replace(".jar", "") + "-" + Files.size(jar.get());
            Path folder = cache(environment).resolve(key).resolve(platform.get());
            Files.createDirectories(folder);
            for (String library : REQUIRED) {
                if (!extract(jarClass, platform.get(), library, folder)) {
                    return Optional.empty();
                }
            }
            for (String library : OPTIONAL) {
                extract(jarClass, platform.get(), library, folder);
            }
            return Optional.of(folder.toAbsolutePath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean extract(Class<?> jarClass, String platform, String library, Path folder) throws IOException {
        String name = System.mapLibraryName(library);
        URL resource = jarClass.getResource("/ai/onnxruntime/native/" + platform + "/" + name);
        if (resource == null) {
            return false;
        }
        Path target = folder.resolve(name);
        if (Files.isRegularFile(target)
                && Files.size(target) == resource.openConnection().getContentLengthLong()) {
            return true;
        }
        Path temporary = Files.createTempFile(folder, name, ".tmp");
        try (InputStream in = resource.openStream()) {
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        return true;
    }

    private static Path cache(Map<String, String> environment) {
        String folder = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path root = folder.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(folder);
        return root.resolve("entrepot").resolve("natives");
    }

    private static Optional<Path> jar(Class<?> jarClass) {
        CodeSource source = jarClass.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            Path path = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The folder in the jar, as ONNX Runtime's own loader names it. */
    private static Optional<String> platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        String family = os.contains("mac") ? "osx" : os.contains("win") ? "win" : os.contains("nux") ? "linux" : "";
        String chip = switch (arch) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64", "arm64" -> "aarch64";
            default -> "";
        };
        return family.isEmpty() || chip.isEmpty() ? Optional.empty() : Optional.of(family + "-" + chip);
    }
}
