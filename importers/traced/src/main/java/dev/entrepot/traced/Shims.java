package dev.entrepot.traced;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The Python modules that this project brings: {@code src/main/resources/shim}. */
final class Shims {

    /** The top-level names that are taken from there and never from elsewhere. */
    static final String[] ROOTS = {
        "_entrepot",
        "_network",
        "_sizes",
        "chainer",
        "chainermn",
        "collections_abc",
        "contextlib",
        "copy",
        "cupy",
        "dataclasses",
        "einops",
        "functools",
        "inspect",
        "logging",
        "numpy",
        "os",
        "random",
        "six",
        "time",
        "timm",
        "torch",
        "torchvision",
        "typing",
        "typing_extensions",
        "warnings"
    };

    private Shims() {}

    /**
     * A module.
     *
     * @param text its source
     * @param file its name in messages
     * @param isPackage whether others may lie in it
     */
    record Module(String text, String file, boolean isPackage) {}

    /** The module of this dotted name; a folder comes before a file, as in Python. */
    static Optional<Module> find(String dotted) {
        String path = dotted.replace('.', '/');
        Optional<Module> folder =
                read(path + "/__init__.py").map(text -> new Module(text, "shim/" + path + "/__init__.py", true));
        return folder.or(() -> read(path + ".py").map(text -> new Module(text, "shim/" + path + ".py", false)));
    }

    /** A file of the folder of shims. */
    static Optional<String> read(String path) {
        try (InputStream in = Shims.class.getResourceAsStream("/shim/" + path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
