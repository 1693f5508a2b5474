package dev.entrepot.validator.oracles.caffe;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * One question: what does this net make of these inputs.
 *
 * @param net the .prototxt
 * @param weights the .caffemodel or .caffemodel.h5; without it the fillers make the weights
 * @param seed the seed of the fillers
 * @param saved where to write the weights that were used, as a .caffemodel
 * @param inputs an .npz with one array per input blob
 * @param outputs the .npz to write
 * @param layers whether every layer's tops are wanted beside the net's outputs
 * @param level the level of the net's state
 * @param stages the stages of the net's state
 */
record Request(
        Path net,
        Optional<Path> weights,
        int seed,
        Optional<Path> saved,
        Path inputs,
        Path outputs,
        boolean layers,
        int level,
        List<String> stages) {

    /**
     * Reads a request from a file in the syntax of {@link Properties}; the keys are this record's words.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if a key is missing or a number is none
     */
    static Request read(Path file) throws IOException {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Request(
                Path.of(required(properties, "net")),
                path(properties, "weights"),
                Integer.parseInt(properties.getProperty("seed", "1")),
                path(properties, "saved"),
                Path.of(required(properties, "inputs")),
                Path.of(required(properties, "outputs")),
                Boolean.parseBoolean(properties.getProperty("layers", "false")),
                Integer.parseInt(properties.getProperty("level", "0")),
                Arrays.stream(properties.getProperty("stages", "").split(","))
                        .filter(stage -> !stage.isEmpty())
                        .toList());
    }

    private static String required(Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("the request has no " + key);
        }
        return value;
    }

    private static Optional<Path> path(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key)).map(Path::of);
    }
}
