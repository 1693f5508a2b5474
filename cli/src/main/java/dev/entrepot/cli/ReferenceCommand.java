package dev.entrepot.cli;

import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeFileKind;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.Oracle;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code entrepot reference}: outputs of the genuine framework. */
@Command(
        name = "reference",
        description = "Make reference outputs with the genuine framework, in a process of its own: "
                + "BVLC Caffe 1.0, or libtorch for TorchScript.")
final class ReferenceCommand implements Callable<Integer> {

    @ParentCommand
    private Entrepot entrepot = new Entrepot();

    @Parameters(
            arity = "0..*",
            converter = SourceArgument.class,
            paramLabel = "SOURCE",
            description = "The model's files, in any order.")
    private List<Path> sources = new ArrayList<>();

    @Option(names = "--input", paramLabel = "IN.npz", description = "A value for each input blob.")
    private @Nullable Path input;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "REF.npz",
            description = "The file to write: inputs and outputs.")
    private @Nullable Path target;

    @Option(names = "--layers", description = "Write every layer's tops too, as layer/NAME. Not with libtorch.")
    private boolean layers;

    @Option(
            names = "--engine",
            description = "Who computes: ${COMPLETION-CANDIDATES}. OpenCV knows Caffe layers of forks."
                    + " Default: libtorch for TorchScript, otherwise caffe.")
    private @Nullable ReferenceEngine engine;

    @Option(
            names = "--script",
            paramLabel = "FRAMEWORK",
            description = "Print a Python script that makes a reference with a framework that the JVM cannot run:"
                    + " ${COMPLETION-CANDIDATES}.")
    private @Nullable ReferenceScript script;

    @Override
    public Integer call() throws IOException {
        if (script != null) {
            entrepot.console().text(script.text());
            return ExitCode.DONE;
        }
        if (sources.isEmpty() || input == null || target == null) {
            throw new UsageException("reference takes SOURCE..., --input IN.npz and -o REF.npz, or --script FRAMEWORK");
        }
        return computed(input, target);
    }

    private int computed(Path input, Path target) throws IOException {
        ReferenceEngine chosen = engine == null ? usual() : engine;
        OracleRequest.Blobs wanted = layers ? OracleRequest.Blobs.ALL_LAYERS : OracleRequest.Blobs.OUTPUTS;
        try (FileSource inputFile = FileSource.open(input);
                Oracle oracle = chosen.start(OracleLimits.MODELS)) {
            Map<String, Tensor> inputs = Npz.read(inputFile);
            OracleAnswer answer = oracle.ask(
                    chosen == ReferenceEngine.LIBTORCH
                            ? torchRequest(inputs)
                            : caffeRequest(inputs).withBlobs(wanted));
            if (answer instanceof OracleAnswer.Refused refused) {
                throw ModelException.unsupported(
                        SourceLocation.file(names()), "model", "the genuine framework refuses it: " + refused.reason());
            }
            Map<String, Tensor> blobs = new LinkedHashMap<>(inputs);
            blobs.putAll(((OracleAnswer.Computed) answer).blobs());
            Npz.write(target, blobs);
            List<String> written = blobs.entrySet().stream()
                    .map(blob -> blob.getKey() + " " + blob.getValue())
                    .toList();
            entrepot.console()
                    .result(
                            Map.of("path", target.toString(), "arrays", written),
                            target + ": " + String.join(", ", written),
                            target.toString());
        }
        return ExitCode.DONE;
    }

    private ReferenceEngine usual() throws IOException {
        for (Path source : sources) {
            try (FileSource file = FileSource.open(source)) {
                if (TorchFile.recognise(file).isPresent()) {
                    return ReferenceEngine.LIBTORCH;
                }
            }
        }
        return ReferenceEngine.CAFFE;
    }

    private OracleRequest torchRequest(Map<String, Tensor> inputs) {
        if (sources.size() != 1 || layers) {
            throw new UsageException("libtorch takes one TorchScript archive and knows no layers, got " + names());
        }
        return OracleRequest.of(sources.get(0), inputs);
    }

    private OracleRequest caffeRequest(Map<String, Tensor> inputs) throws IOException {
        Optional<Path> net = Optional.empty();
        Optional<Path> weights = Optional.empty();
        for (Path source : sources) {
            try (FileSource file = FileSource.open(source)) {
                CaffeFileKind kind = CaffeFileKind.of(file)
                        .orElseThrow(() -> ModelException.malformed(file.at(0), "file", "is no Caffe file"));
                if (kind == CaffeFileKind.PROTOTXT) {
                    net = Optional.of(source);
                } else {
                    weights = Optional.of(source);
                }
            }
        }
        OracleRequest request = OracleRequest.of(
                net.orElseThrow(() -> new UsageException("genuine Caffe needs the prototxt, got " + names())), inputs);
        return weights.map(request::withWeights).orElse(request);
    }

    private String names() {
        return sources.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
