package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.TorchOracle;
import dev.entrepot.validator.run.Optimization;
import dev.entrepot.validator.run.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Has programs computed by genuine libtorch, and by ONNX Runtime after import, and compares. Every fourth runs without ONNX Runtime's
 * optimisations, every fifth also with the sizes of its first input left open. The checker must find nothing.
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
        Map<String, Tensor> expected = ((OracleAnswer.Computed) answer).blobs();
        Verdict verdict = judge(drawn, expected, source, specs(drawn));
        if (drawn.seed() % 5 != 4 || !(verdict instanceof Verdict.Same)) {
            return verdict;
        }
        Verdict open = judge(drawn, expected, source, openSpecs(drawn));
        return open.isFault() ? open : verdict;
    }

    private Verdict judge(FuzzCase drawn, Map<String, Tensor> expected, ByteSource source, List<InputSpec> specs)
            throws IOException {
        Model model;
        try {
            model = conversion.convert(source, specs);
        } catch (ModelException e) {
            return new Verdict.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Verdict.Failed(specs + ": " + e + " at " + e.getStackTrace()[0]);
        }
        List<Problem> problems = Checker.check("program.onnx", model);
        return problems.isEmpty()
                ? run(drawn, expected, model, specs)
                : new Verdict.NotRun(specs + ": the checker finds " + problems);
    }

    private static List<InputSpec> specs(FuzzCase drawn) {
        return Importing.specs(drawn.inputs());
    }

    /** The sizes of the first input are not said, but for those of 1: an open size is taken not to be 1. */
    private static List<InputSpec> openSpecs(FuzzCase drawn) {
        List<InputSpec> specs = new ArrayList<>(specs(drawn));
        if (!specs.isEmpty()) {
            InputSpec first = specs.get(0);
            List<Dim> dims = new ArrayList<>();
            for (int axis = 0; axis < first.shape().rank(); axis++) {
                Dim dim = first.shape().dim(axis);
                dims.add(dim.equals(Dim.of(1)) ? dim : Dim.of("d" + axis));
            }
            specs.set(0, new InputSpec(first.name(), first.type(), Shape.of(dims)));
        }
        return specs;
    }

    @Override
    public void close() throws IOException {
        oracle.close();
    }

    private Verdict run(FuzzCase drawn, Map<String, Tensor> expected, Model model, List<InputSpec> specs)
            throws IOException {
        try {
            Map<String, Tensor> outputs = runtime.outputs(
                    model, drawn.inputs(), drawn.seed() % 4 == 2 ? Optimization.NONE : Optimization.ALL);
            return Difference.between(expected, outputs)
                    .<Verdict>map(how -> new Verdict.Different(specs + ": " + how))
                    .orElseGet(Verdict.Same::new);
        } catch (RuntimeFailure e) {
            return new Verdict.NotRun(specs + ": " + e.getMessage());
        }
    }
}
