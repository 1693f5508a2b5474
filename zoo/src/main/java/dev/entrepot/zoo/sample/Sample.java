package dev.entrepot.zoo.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A bundled model.
 *
 * @param name its name
 * @param folder the folder of its files among the resources
 * @param sources the names of its source files
 * @param reference the name of the file with the genuine framework's outputs
 */
public record Sample(String name, String folder, List<String> sources, String reference) {

    /** All samples. */
    public static final List<Sample> ALL = List.of(new Sample(
            "digits-caffe", "digits/caffe", List.of("deploy.prototxt", "digits.caffemodel"), "reference.npz"));

    public Sample {
        sources = List.copyOf(sources);
    }

    /**
     * Copies the sample's files into a folder.
     *
     * @return the source files, in order
     * @throws IOException if the disk fails
     */
    public List<Path> unpackSources(Path target) throws IOException {
        List<Path> unpacked = new ArrayList<>();
        for (String source : sources) {
            unpacked.add(unpack(source, target));
        }
        return unpacked;
    }

    /** Copies the reference into a folder and returns the file. */
    public Path unpackReference(Path target) throws IOException {
        return unpack(reference, target);
    }

    private Path unpack(String file, Path target) throws IOException {
        Files.createDirectories(target);
        Path copy = target.resolve(file);
        try (InputStream resource = Sample.class.getResourceAsStream(folder + "/" + file)) {
            if (resource == null) {
                throw new IllegalStateException("the sample file " + folder + "/" + file + " is not bundled");
            }
            Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }
}
