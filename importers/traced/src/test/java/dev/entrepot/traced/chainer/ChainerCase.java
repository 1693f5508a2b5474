package dev.entrepot.traced.chainer;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.chainer.ChainerFile;
import dev.entrepot.formats.chainer.LinkWeights;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.SandboxLimits;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.SourceImporter;
import dev.entrepot.traced.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A folder of {@code src/test/resources/chainer}; the README there says what lies in it. */
record ChainerCase(Path folder, String header) {

    private static final Pattern INPUT = Pattern.compile("^# input ([\\w/]+):(\\w+)\\[([^\\]]*)\\]", Pattern.MULTILINE);
    private static final Pattern VALUE = Pattern.compile("^# value (\\w+)=(.+)$", Pattern.MULTILINE);
    private static final Pattern NET = Pattern.compile("^# net (.+)$", Pattern.MULTILINE);
    private static final Pattern WEIGHTS = Pattern.compile("^# weights (.+)$", Pattern.MULTILINE);

    static ChainerCase of(Path folder) throws IOException {
        return new ChainerCase(folder, Files.readString(folder.resolve("program.py")));
    }

    /** Whether its sizes have names. */
    boolean hasSymbols() {
        return INPUT.matcher(header).results().anyMatch(found -> found.group(3).contains("="));
    }

    /** Converts it with the sizes that are drawn. */
    Imported withKnownSizes() throws IOException {
        return lowered(inputs(false));
    }

    /** Converts it with the names of sizes. */
    Imported withSymbols() throws IOException {
        return lowered(inputs(true));
    }

    private Imported lowered(List<InputSpec> inputs) throws IOException {
        Matcher net = NET.matcher(header);
        SourceExpression expression = new SourceExpression("program.py", net.find() ? net.group(1) : "Net");
        return SourceImporter.lower(
                new TracedChainer(expression),
                sources(),
                expression,
                weights(),
                new ImportOptions(inputs, Missing.REFUSE, Unused.REFUSE),
                SandboxLimits.DEFAULT,
                text -> {});
    }

    /** The message of its refusal, if it is to be refused. */
    Optional<String> error() throws IOException {
        Path error = folder.resolve("error.txt");
        return Files.exists(error) ? Optional.of(Files.readString(error).strip()) : Optional.empty();
    }

    /** Arrays of the reference whose names begin so. */
    Map<String, Tensor> reference(String kind) throws IOException {
        Map<String, Tensor> found = new LinkedHashMap<>();
        byte[] reference = Files.readAllBytes(folder.resolve("reference.npz"));
        Npz.read(ByteSource.of("reference.npz", reference)).forEach((array, tensor) -> {
            if (array.startsWith(kind)) {
                found.put(array.substring(kind.length()), tensor);
            }
        });
        return found;
    }

    private List<PythonFile> sources() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<PythonFile> found = new ArrayList<>();
            for (Path file : files.filter(file -> file.toString().endsWith(".py") && !file.endsWith("genuine.py"))
                    .sorted()
                    .toList()) {
                found.add(new PythonFile(folder.relativize(file).toString(), Files.readString(file)));
            }
            return found;
        }
    }

    private Weights weights() throws IOException {
        Matcher other = WEIGHTS.matcher(header);
        Path file = folder.resolve(other.find() ? other.group(1).strip() : "weights.npz");
        if (!Files.exists(file)) {
            return Weights.NONE;
        }
        ByteSource bytes = ByteSource.of(String.valueOf(file.getFileName()), Files.readAllBytes(file));
        LinkWeights link = LinkWeights.of(ChainerFile.read(bytes), Optional.empty());
        return new Weights(bytes.name(), link.arrays(), link.notes());
    }

    private List<InputSpec> inputs(boolean symbolic) {
        Stream<InputSpec> values = VALUE.matcher(header)
                .results()
                .map(found -> InputSpec.always(found.group(1), Optional.empty(), found.group(2)));
        Stream<InputSpec> tensors = INPUT.matcher(header)
                .results()
                .map(found -> new InputSpec(
                        found.group(1),
                        DataType.ofNumpyName(found.group(2)).orElseThrow(),
                        Shape.of(Stream.of(found.group(3).split(","))
                                .map(String::strip)
                                .filter(size -> !size.isEmpty())
                                .map(size -> dim(size, symbolic))
                                .toList())));
        return Stream.concat(tensors, values).toList();
    }

    private static Dim dim(String size, boolean symbolic) {
        int equals = size.indexOf('=');
        return symbolic && equals > 0
                ? Dim.of(size.substring(0, equals))
                : Dim.of(Long.parseLong(size.substring(equals + 1)));
    }
}
