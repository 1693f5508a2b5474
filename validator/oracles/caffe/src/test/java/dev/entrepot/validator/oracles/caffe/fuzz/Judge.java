package dev.entrepot.validator.oracles.caffe.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.caffe.CaffeImporter;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.onnx.opset.Opsets;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.Optimization;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.RuntimeFailure;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Has cases computed by genuine Caffe, and by ONNX Runtime after import, and compares; then again at other sizes, where the model has symbols.
 *
 * <p>Every fifth case is imported from the .caffemodel alone, every fourth runs without ONNX Runtime's optimisations, every third runs in
 * an older opset, too. The checker must find nothing.
 */
final class Judge implements AutoCloseable {

    private final CaffeOracle oracle;
    private final OnnxRuntime runtime;
    private final Path prototxt;
    private final Path caffemodel;

    /** @param directory a place for files, of this judge alone */
    Judge(Path directory) throws IOException {
        oracle = new CaffeOracle(CaffeOracle.Engine.CAFFE, CaffeOracle.find().orElseThrow(), OracleLimits.LAYERS);
        runtime = OnnxRuntime.start();
        Files.createDirectories(directory);
        prototxt = directory.resolve("net.prototxt");
        caffemodel = directory.resolve("net.caffemodel");
    }

    /** The same case always gets the same verdict. */
    Verdict judge(FuzzCase drawn) throws IOException {
        Files.writeString(prototxt, drawn.weightedPrototxt());
        Files.deleteIfExists(caffemodel);
        OracleAnswer answer = oracle.ask(OracleRequest.of(prototxt, drawn.inputs())
                .withSeed(Math.toIntExact(drawn.seed() % Integer.MAX_VALUE))
                .savingWeights(caffemodel));
        if (answer instanceof OracleAnswer.Refused refused) {
            return refused(drawn, refused.reason());
        }
        try (FileSource weights = FileSource.open(caffemodel)) {
            Model model = CaffeImporter.lower(read(drawn, weights), ImportOptions.DEFAULT)
                    .model();
            return judge(drawn, ((OracleAnswer.Computed) answer).blobs(), model);
        } catch (ModelException e) {
            return new Verdict.NotImported(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
            return new Verdict.NotImported(e + " at " + e.getStackTrace()[0]);
        }
    }

    private Verdict judge(FuzzCase drawn, Map<String, Tensor> expected, Model model) throws IOException {
        List<Problem> problems = Checker.check("net.onnx", model);
        if (!problems.isEmpty()) {
            return new Verdict.NotRun("the checker finds " + problems);
        }
        Verdict verdict = run(drawn, expected, model, "");
        return verdict instanceof Verdict.Same && drawn.seed() % 3 == 2
                ? runInOlderOpset(drawn, expected, model)
                : verdict;
    }

    @Override
    public void close() throws IOException {
        oracle.close();
    }

    private static CaffeNet read(FuzzCase drawn, ByteSource weights) {
        return drawn.seed() % 5 == 4
                ? CaffeNets.readCaffemodel(weights, NetState.TEST)
                : CaffeNets.read(declaration(drawn), weights, NetState.TEST);
    }

    private static ByteSource declaration(FuzzCase drawn) {
        return ByteSource.of("net.prototxt", drawn.prototxt().getBytes(StandardCharsets.UTF_8));
    }

    /** Without weights, so only what they have no say in can be refused. */
    private static Verdict refused(FuzzCase drawn, String reason) {
        var filled = new ImportOptions(
                ImportOptions.DEFAULT.inputs(), ImportOptions.Missing.FILL, ImportOptions.Unused.REFUSE);
        try {
            CaffeImporter.lower(CaffeNets.readPrototxt(declaration(drawn), NetState.TEST), filled);
            return new Verdict.OnlyCaffeRefuses(reason);
        } catch (ModelException e) {
            return new Verdict.BothRefuse(reason, String.valueOf(e.getMessage()));
        }
    }

    private Verdict run(FuzzCase drawn, Map<String, Tensor> expected, Model model, String where) throws IOException {
        var options = SessionOptions.DEFAULT
                .withProvider(ProviderChoice.CPU)
                .withOptimization(drawn.seed() % 4 == 3 ? Optimization.NONE : Optimization.ALL)
                .withThreads(1);
        try (RunnableModel runnable = RunnableModel.of(ByteSource.of("net.onnx", OnnxWriter.toBytes(model)));
                Session session = runtime.open(runnable, options)) {
            Optional<String> difference = difference(drawn, session, drawn.inputs(), expected);
            if (difference.isPresent()) {
                return new Verdict.Different(where + difference.get());
            }
            return where.isEmpty() ? runAtOtherSizes(drawn, session) : new Verdict.Same();
        } catch (RuntimeFailure e) {
            return new Verdict.NotRun(where + e.getMessage());
        }
    }

    /** In an older opset, where it can say the same, and from there back in the house opset. */
    private Verdict runInOlderOpset(FuzzCase drawn, Map<String, Tensor> expected, Model model) throws IOException {
        long opset = Opsets.OLDEST + drawn.seed() % (Model.HOUSE_OPSET - Opsets.OLDEST);
        Model older;
        try {
            older = Opsets.fromHouse("net.onnx", model, opset);
        } catch (ModelException e) {
            return new Verdict.Same();
        }
        Verdict verdict = run(drawn, expected, older, "in opset " + opset + ": ");
        return verdict instanceof Verdict.Same
                ? run(drawn, expected, Opsets.toHouse("net.onnx", older), "back from opset " + opset + ": ")
                : verdict;
    }

    private Verdict runAtOtherSizes(FuzzCase drawn, Session session) throws IOException {
        Map<String, Tensor> inputs = OtherSizes.of(drawn, session.inputs());
        if (inputs.equals(drawn.inputs())) {
            return new Verdict.Same();
        }
        OracleAnswer answer = oracle.ask(OracleRequest.of(prototxt, inputs).withWeights(caffemodel));
        if (answer instanceof OracleAnswer.Refused refused) {
            return new Verdict.OnlyCaffeRefuses("at other sizes " + inputs + ": " + refused.reason());
        }
        try {
            return difference(drawn, session, inputs, ((OracleAnswer.Computed) answer).blobs())
                    .<Verdict>map(how -> new Verdict.Different("at other sizes " + inputs + ": " + how))
                    .orElseGet(Verdict.Same::new);
        } catch (RuntimeFailure e) {
            return new Verdict.NotRun("at other sizes " + inputs + ": " + e.getMessage());
        }
    }

    private static Optional<String> difference(
            FuzzCase drawn, Session session, Map<String, Tensor> inputs, Map<String, Tensor> expected) {
        var given = new LinkedHashMap<String, Tensor>();
        session.inputs().forEach(input -> given.put(input.name(), Objects.requireNonNull(inputs.get(input.name()))));
        return Difference.between(renamed(expected, drawn), session.run(given).outputs());
    }

    /** Caffe calls inputs outputs too: those that nobody reads, and those that layers work on in place. Ours keep their names to themselves. */
    private static Map<String, Tensor> renamed(Map<String, Tensor> expected, FuzzCase drawn) {
        var renamed = new LinkedHashMap<String, Tensor>();
        expected.forEach((name, blob) -> {
            if (!drawn.inputs().containsKey(name)) {
                renamed.put(name, blob);
            } else if (drawn.lastWriters().containsKey(name)) {
                renamed.put(drawn.lastWriters().get(name), blob);
            }
        });
        return renamed;
    }
}
