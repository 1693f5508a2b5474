package dev.entrepot.zoo.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which converter this is. Part of every recipe and of every job's identity. */
public final class ConverterVersion {

    private ConverterVersion() {}

    /** The version, as the build states it. */
    public static String current() {
        try (InputStream resource = ConverterVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(resource);
            return "entrepot " + properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
