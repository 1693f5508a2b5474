package dev.entrepot.validator.oracles.libtorch.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.formats.npy.Npz;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.TorchOracle;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Has genuine libtorch write {@code model.pt} and {@code reference.npz} beside every {@code program.py} that lacks them. No
 * test run includes it; {@code -Dtest=GenuineReferences} runs it alone.
 */
class GenuineReferences {

    @Test
    void cases_without_an_answer_get_genuine_libtorchs() throws IOException {
        var refused = new ArrayList<String>();
        try (var oracle = new TorchOracle(TorchOracle.find().orElseThrow(), OracleLimits.LAYERS)) {
            for (TorchCase torchCase : TorchCase.all()) {
                if (Files.exists(torchCase.archive()) && Files.exists(torchCase.reference())) {
                    continue;
                }
                ProgramText text = torchCase.program();
                OracleAnswer answer = oracle.run(text.program(), text.inputs(), torchCase.archive());
                if (answer instanceof OracleAnswer.Computed computed) {
                    Npz.write(torchCase.reference(), arrays(text, computed));
                } else if (answer instanceof OracleAnswer.Refused refusal) {
                    refused.add(torchCase + ": " + refusal.reason());
                }
            }
        }
        assertThat(refused).as("what libtorch refuses is no case").isEmpty();
    }

    private static Map<String, Tensor> arrays(ProgramText text, OracleAnswer.Computed computed) {
        var arrays = new LinkedHashMap<String, Tensor>();
        text.inputs().forEach((name, value) -> arrays.put("input/" + name, value));
        computed.blobs().forEach((name, value) -> arrays.put("output/" + name, value));
        return arrays;
    }
}
