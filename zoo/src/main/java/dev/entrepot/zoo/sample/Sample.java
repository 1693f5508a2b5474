package dev.entrepot.zoo.sample;

import dev.entrepot.importers.InputSpec;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.PreprocessingStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A bundled model.
 *
 * @param name its name
 * @param folder the folder of its files among the resources
 * @param sources what {@code convert} is given: names of files, Python source with its expression behind a colon
 * @param inputs the inputs that the files do not state
 * @param reference the name of the file with the genuine framework's outputs
 */
public record Sample(String name, String folder, List<String> sources, List<InputSpec> inputs, String reference) {

    private static final InputSpec IMAGES =
            new InputSpec("x", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(1), Dim.of(8), Dim.of(8))));

    /** All samples. */
    public static final List<Sample> ALL = List.of(
            new Sample("digits-caffe", "digits/caffe", List.of("deploy.prototxt", "digits.caffemodel"), List.of()),
            new Sample(
                    "digits-chainer", "digits/chainer", List.of("nets.py:DigitNet()", "digits.npz"), List.of(IMAGES)),
            new Sample(
                    "digits-pytorch", "digits/pytorch", List.of("nets.py:DigitNet()", "digits.pth"), List.of(IMAGES)),
            new Sample("digits-torchscript", "digits/pytorch", List.of("digits.torchscript.pt"), List.of(IMAGES)),
            new Sample("digits-pt2", "digits/pytorch", List.of("digits.pt2"), List.of()));

    public Sample {
        sources = List.copyOf(sources);
        inputs = List.copyOf(inputs);
    }

    private Sample(String name, String folder, List<String> sources, List<InputSpec> inputs) {
        this(name, folder, sources, inputs, "reference.npz");
    }

    /** The model's name in the zoo. */
    public ModelName modelName() {
        return new ModelName("samples", name);
    }

    /** What is said about it in the zoo. */
    public ModelCard card() {
        return new ModelCard(
                "Handwritten digits (" + name + ")",
                "A small network that tells the ten digits apart. Its input is 8 x 8 grey images from 0 (paper) to 1 (ink);"
                        + " it was trained, and its reference outputs were made, with the genuine framework.",
                "classification",
                "Apache-2.0",
                List.of("digits", "sample"),
                List.of(
                        PreprocessingStep.of("bgr_to_gray"),
                        new PreprocessingStep("resize", Map.of("size", 8, "interpolation", "Area")),
                        new PreprocessingStep("normalization", Map.of("mean", 0, "std", 255))),
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                List.of(),
                List.of(),
                List.of());
    }

    /**
     * Copies the sample's files into a folder.
     *
     * @return what {@code convert} is to be given, in order
     * @throws IOException if the disk fails
     */
    public List<Path> unpackSources(Path target) throws IOException {
        List<Path> unpacked = new ArrayList<>();
        for (String source : sources) {
            int expression = source.indexOf(':');
            unpack(expression < 0 ? source : source.substring(0, expression), target);
            unpacked.add(target.resolve(source));
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
