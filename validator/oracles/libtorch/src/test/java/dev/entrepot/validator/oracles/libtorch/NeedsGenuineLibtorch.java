package dev.entrepot.validator.oracles.libtorch;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleUnavailableException;
import dev.entrepot.validator.oracle.TorchOracle;
import dev.entrepot.validator.oracle.TorchProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests, with the reason, on a machine where genuine libtorch does not load; CI must have it. */
public final class NeedsGenuineLibtorch implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Boolean.getBoolean("entrepot.ci")) {
            return ConditionEvaluationResult.enabled("CI has genuine libtorch");
        }
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(NeedsGenuineLibtorch.class))
                .computeIfAbsent("verdict", key -> verdict(), ConditionEvaluationResult.class);
    }

    private static ConditionEvaluationResult verdict() {
        try (TorchOracle oracle = new TorchOracle(TorchOracle.find().orElseThrow(), OracleLimits.LAYERS)) {
            Path archive = Files.createTempFile("entrepot-", ".pt");
            oracle.run(
                    TorchProgram.of("def forward(self, x):\n  return torch.relu(x)\n", Map.of()),
                    Map.of("x", Tensor.of(Shape.of(1), 1f)),
                    archive);
            Files.delete(archive);
            return ConditionEvaluationResult.enabled("genuine libtorch answers");
        } catch (OracleUnavailableException e) {
            return ConditionEvaluationResult.disabled(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
