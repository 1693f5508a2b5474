package dev.entrepot.validator;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The models and references that models/make.py makes. */
public final class Fixtures {

    private Fixtures() {}

    /** The file or folder of this name. */
    public static Path model(String name) {
        try {
            URL url = Fixtures.class.getResource("models/" + name);
            return Path.of(Objects.requireNonNull(url, name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
