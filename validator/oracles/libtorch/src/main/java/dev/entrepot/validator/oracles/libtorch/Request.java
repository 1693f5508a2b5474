package dev.entrepot.validator.oracles.libtorch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * One question: what does this module make of these inputs.
 *
 * @param module the module
 * @param inputs an .npz with the inputs
 * @param outputs the .npz to write
 */
record Request(Module module, Path inputs, Path outputs) {

    /** Where the module comes from. */
    sealed interface Module {

        /** A TorchScript archive. */
        record Archive(Path file) implements Module {}

        /**
         * TorchScript source.
         *
         * @param text methods at the left margin
         * @param parameters an .npz with the parameters
         * @param buffers an .npz with the buffers
         * @param isFrozen whether {@code torch.jit.freeze} follows
         * @param saved the archive to write
         */
        record Source(String text, Path parameters, Path buffers, boolean isFrozen, Path saved) implements Module {}
    }

    /**
     * Reads a request from a file in the syntax of {@link Properties}; the keys are these records' words.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a key is missing
     */
    static Request read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Request(module(properties), path(properties, "inputs"), path(properties, "outputs"));
    }

    private static Module module(Properties properties) {
        Optional<String> text = Optional.ofNullable(properties.getProperty("source"));
        if (text.isEmpty()) {
            return new Module.Archive(path(properties, "archive"));
        }
        return new Module.Source(
                text.get(),
                path(properties, "parameters"),
                path(properties, "buffers"),
                Boolean.parseBoolean(properties.getProperty("frozen")),
                path(properties, "saved"));
    }

    private static Path path(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("the request has no " + key);
        }
        return Path.of(value);
    }
}
