package dev.entrepot.validator.oracles.caffe.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.caffe.CaffeImporter;
import dev.entrepot.onnx.io.OnnxWriter;
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
import java.util.Map;

/** Has cases computed by genuine Caffe, and by ONNX Runtime after import, and compares. */
final class Judge implements AutoCloseable {

    private static final SessionOptions OPTIONS = SessionOptions.DEFAULT
            .withProvider(ProviderChoice.CPU)
            .withOptimization(Optimization.ALL)
            .withThreads(1);

    private final CaffeOracle oracle;
    private final OnnxRuntime runtime;
    private final Path directory;

    /** @param directory a place for files, of this judge alone */
    Judge(Path directory) throws IOException {
        this.oracle =
                new CaffeOracle(CaffeOracle.Engine.CAFFE, CaffeOracle.find().orElseThrow(), OracleLimits.LAYERS);
        this.runtime = OnnxRuntime.start();
        this.directory = Files.createDirectories(directory);
    }

    /** The same case always gets the same verdict. */
    Verdict judge(FuzzCase drawn) throws IOException {
        Path prototxt = Files.writeString(directory.resolve("net.prototxt"), drawn.weightedPrototxt());
        Path caffemodel = directory.resolve("net.caffemodel");
        Files.deleteIfExists(caffemodel);
        OracleAnswer answer = oracle.ask(OracleRequest.of(prototxt, drawn.inputs())
                .withSeed(Math.toIntExact(drawn.seed() % Integer.MAX_VALUE))
                .savingWeights(caffemodel));
        if (answer instanceof OracleAnswer.Refused refused) {
            return refused(drawn, refused.reason());
        }
        byte[] model;
        try (FileSource weights = FileSource.open(caffemodel)) {
            model = OnnxWriter.toBytes(imported(drawn, weights).model());
        } catch (ModelException e) {
            return new Verdict.NotImported(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Verdict.NotImported(e + " at " + e.getStackTrace()[0]);
        }
        return compared(((OracleAnswer.Computed) answer).blobs(), drawn, model);
    }

    @Override
    public void close() throws IOException {
        oracle.close();
    }

    private static Imported imported(FuzzCase drawn, ByteSource weights) {
        return CaffeImporter.lower(CaffeNets.read(declaration(drawn), weights, NetState.TEST), ImportOptions.DEFAULT);
    }

    private static ByteSource declaration(FuzzCase drawn) {
        return ByteSource.of("net.prototxt", drawn.prototxt().getBytes(StandardCharsets.UTF_8));
    }

    /** Without weights, so only what they have no say in can be refused. */
    private static Verdict refused(FuzzCase drawn, String reason) {
        try {
            CaffeImporter.lower(
                    CaffeNets.readPrototxt(declaration(drawn), NetState.TEST),
                    new ImportOptions(
                            ImportOptions.DEFAULT.inputs(), ImportOptions.Missing.FILL, ImportOptions.Unused.REFUSE));
            return new Verdict.OnlyCaffeRefuses(reason);
        } catch (ModelException e) {
            return new Verdict.BothRefuse(reason, String.valueOf(e.getMessage()));
        }
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

    private Verdict compared(Map<String, Tensor> expected, FuzzCase drawn, byte[] model) throws IOException {
        try (RunnableModel runnable = RunnableModel.of(ByteSource.of("net.onnx", model));
                Session session = runtime.open(runnable, OPTIONS)) {
            var inputs = new LinkedHashMap<String, Tensor>();
            session.inputs()
                    .forEach(input -> inputs.put(input.name(), drawn.inputs().get(input.name())));
            Map<String, Tensor> actual = session.run(inputs).outputs();
            return Difference.between(renamed(expected, drawn), actual)
                    .<Verdict>map(Verdict.Different::new)
                    .orElseGet(Verdict.Same::new);
        } catch (RuntimeFailure e) {
            return new Verdict.NotRun(String.valueOf(e.getMessage()));
        }
    }
}
