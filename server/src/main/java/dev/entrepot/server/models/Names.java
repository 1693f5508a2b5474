package dev.entrepot.server.models;

import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionName;
import java.util.function.Supplier;

/** Names in addresses. */
final class Names {

    private Names() {}

    /** {@code namespace} and {@code name}. */
    static ModelName model(String namespace, String name) {
        return read(() -> new ModelName(namespace, name));
    }

    /** {@code namespace} and {@code name}, {@code name@alias} or {@code name@sha256:...}. */
    static VersionName version(String namespace, String name) {
        return read(() -> VersionName.parse(namespace + "/" + name));
    }

    /** {@code namespace}, {@code name} and a version's number, alias or digest. */
    static VersionName version(String namespace, String name, String version) {
        return read(() -> new VersionName(new ModelName(namespace, name), Selector.parse(version)));
    }

    static Selector.Alias alias(String name) {
        return read(() -> new Selector.Alias(name));
    }

    private static <T> T read(Supplier<T> name) {
        try {
            return name.get();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Kind.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
