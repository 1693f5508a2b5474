package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import dev.entrepot.validator.oracle.TorchOracle;
import dev.entrepot.validator.run.Optimization;
import dev.entrepot.validator.run.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Has programs computed by genuine libtorch, and by ONNX Runtime after import, and compares. Every fourth runs without ONNX Runtime's
 * optimisations, every fifth also with the sizes of its first input
 * left open, and then at other sizes, too. The checker must find nothing.
 */
final class Judge implements AutoCloseable {

    private final TorchOracle oracle;
    private final OnnxRun runtime;
    private final Path archive;

    /** @param directory a place for files, of this judge alone */
    Judge(Path directory) throws IOException {
        this.oracle = new TorchOracle(TorchOracle.find().orElseThrow(), OracleLimits.LAYERS);
        this.runtime = OnnxRun.start();
        Files.createDirectories(directory);
        this.archive = directory.resolve("program.pt");
    }

    /** The same case always gets the same verdict. */
    Verdict judge(FuzzCase drawn) throws IOException {
        OracleAnswer answer = oracle.run(drawn.program(), drawn.inputs(), archive);
        if (answer instanceof OracleAnswer.Refused refused) {
            return new Verdict.TorchRefuses(refused.reason());
        }
        ByteSource source = ByteSource.of("program.pt", Files.readAllBytes(archive));
        Map<String, Tensor> expected = ((OracleAnswer.Computed) answer).blobs();
        Verdict verdict = judge(drawn, expected, source, Importing.specs(drawn.inputs()));
        if (!OpenSizes.areTriedFor(drawn) || !(verdict instanceof Verdict.Same)) {
            return verdict;
        }
        Verdict open = judge(drawn, expected, source, OpenSizes.specs(drawn));
        return open.isFault() ? open : verdict;
    }

    private Verdict judge(FuzzCase drawn, Map<String, Tensor> expected, ByteSource source, List<InputSpec> specs)
            throws IOException {
        Model model;
        try {
            model = Importing.convert(source, specs);
        } catch (ModelException e) {
            return new Verdict.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Verdict.Failed(specs + ": " + e + " at " + e.getStackTrace()[0]);
        }
        List<Problem> problems = Checker.check("program.onnx", model);
        if (!problems.isEmpty()) {
            return new Verdict.NotRun(specs + ": the checker finds " + problems);
        }
        Verdict verdict = run(drawn, drawn.inputs(), expected, model, specs.toString());
        boolean isOpen = specs.stream().anyMatch(spec -> !spec.shape().isStatic());
        return isOpen && verdict instanceof Verdict.Same ? atOtherSizes(drawn, model) : verdict;
    }

    private Verdict atOtherSizes(FuzzCase drawn, Model model) throws IOException {
        for (Map<String, Tensor> inputs : OpenSizes.others(drawn)) {
            if (oracle.ask(OracleRequest.of(archive, inputs)) instanceof OracleAnswer.Computed computed) {
                Verdict verdict = run(drawn, inputs, computed.blobs(), model, "at other sizes " + inputs);
                if (verdict.isFault()) {
                    return verdict;
                }
            }
        }
        return new Verdict.Same();
    }

    @Override
    public void close() throws IOException {
        oracle.close();
    }

    private Verdict run(
            FuzzCase drawn, Map<String, Tensor> inputs, Map<String, Tensor> expected, Model model, String how)
            throws IOException {
        try {
            Map<String, Tensor> outputs =
                    runtime.outputs(model, inputs, drawn.seed() % 4 == 2 ? Optimization.NONE : Optimization.ALL);
            return Difference.between(expected, outputs)
                    .<Verdict>map(difference -> new Verdict.Different(how + ": " + difference))
                    .orElseGet(Verdict.Same::new);
        } catch (RuntimeFailure e) {
            return new Verdict.NotRun(how + ": " + e.getMessage());
        }
    }
}
