package dev.entrepot.validator.oracles.caffe;

import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import dev.entrepot.validator.oracle.OracleUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests, with the reason, on a machine where genuine Caffe's libraries do not load; CI must have them. */
public final class NeedsGenuineCaffe implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Boolean.getBoolean("entrepot.ci")) {
            return ConditionEvaluationResult.enabled("CI has genuine Caffe");
        }
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(NeedsGenuineCaffe.class))
                .computeIfAbsent("verdict", key -> verdict(), ConditionEvaluationResult.class);
    }

    private static ConditionEvaluationResult verdict() {
        try (CaffeOracle oracle =
                new CaffeOracle(CaffeOracle.Engine.CAFFE, CaffeOracle.find().orElseThrow(), OracleLimits.LAYERS)) {
            Path net = Files.createTempFile("entrepot-", ".prototxt");
            Files.writeString(
                    net, "input: 'x' input_shape { dim: 1 } layer { name: 'y' type: 'ReLU' bottom: 'x' top: 'y' }");
            oracle.ask(OracleRequest.of(net, Map.of("x", Tensor.of(Shape.of(1), 1f))));
            Files.delete(net);
            return ConditionEvaluationResult.enabled("genuine Caffe answers");
        } catch (OracleUnavailableException e) {
            return ConditionEvaluationResult.disabled(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
