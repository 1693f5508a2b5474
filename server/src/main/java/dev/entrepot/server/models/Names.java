package dev.entrepot.server.models;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.catalogue.Version;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Supplier;

/** Names in addresses. Every method throws {@link ProblemException} if a name is none. */
public final class Names {

    private Names() {}

    /** {@code namespace} and {@code name}. */
    public static ModelName model(String namespace, String name) {
        return read(() -> new ModelName(namespace, name));
    }

    /** {@code namespace} and {@code name}, {@code name@alias} or {@code name@sha256:...}. */
    public static VersionName version(String namespace, String name) {
        return read(() -> VersionName.parse(namespace + "/" + name));
    }

    /** {@code namespace}, {@code name} and a version's number, alias or digest. */
    public static VersionName version(String namespace, String name, String version) {
        return read(() -> new VersionName(new ModelName(namespace, name), Selector.parse(version)));
    }

    /** An alias. */
    public static Selector.Alias alias(String name) {
        return read(() -> new Selector.Alias(name));
    }

    /** Where a file of a version is got. */
    public static String href(Version version, VersionFile file) {
        return "/api/v1/models/" + version.model() + "/versions/" + version.number() + "/files/" + encode(file.path());
    }

    private static String encode(String path) {
        try {
            return new URI(null, null, "/" + path, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    private static <T> T read(Supplier<T> name) {
        try {
            return name.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Kind.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
