package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
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
 * optimisations. The checker must find nothing.
 */
final class Judge implements AutoCloseable {

    private final TorchOracle oracle;
    private final OnnxRun runtime;
    private final Conversion conversion;
    private final Path archive;

    /** @param directory a place for files, of this judge alone */
    Judge(Path directory, Conversion conversion) throws IOException {
        this.oracle = new TorchOracle(TorchOracle.find().orElseThrow(), OracleLimits.LAYERS);
        this.runtime = OnnxRun.start();
        this.conversion = conversion;
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
        Model model;
        try {
            model = conversion.convert(source, drawn.inputs());
        } catch (ModelException e) {
            return new Verdict.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Verdict.Failed(e + " at " + e.getStackTrace()[0]);
        }
        List<Problem> problems = Checker.check("program.onnx", model);
        return problems.isEmpty()
                ? run(drawn, ((OracleAnswer.Computed) answer).blobs(), model)
                : new Verdict.NotRun("the checker finds " + problems);
    }

    @Override
    public void close() throws IOException {
        oracle.close();
    }

    private Verdict run(FuzzCase drawn, Map<String, Tensor> expected, Model model) throws IOException {
        try {
            Map<String, Tensor> outputs = runtime.outputs(
                    model, drawn.inputs(), drawn.seed() % 4 == 2 ? Optimization.NONE : Optimization.ALL);
            return Difference.between(expected, outputs)
                    .<Verdict>map(Verdict.Different::new)
                    .orElseGet(Verdict.Same::new);
        } catch (RuntimeFailure e) {
            return new Verdict.NotRun(String.valueOf(e.getMessage()));
        }
    }
}
