package dev.entrepot.validator.oracles.caffe.cases;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the importer refuses of BVLC layers, genuine Caffe refuses too, or there is a reason. Those of forks are under {@code refusals}. No test run includes it, because each refusal takes a process
 * with it; {@code -Dtest=GenuineRefusals} runs it alone.
 */
class GenuineRefusals {

    private static final String TRUSTING = "Caffe takes blobs that stand in a prototxt as they are";

    private static final Map<String, String> TAKEN = Map.ofEntries(
            entry("batch_norm/a_blob_too_many", TRUSTING),
            entry("batch_norm/statistics_of_other_channels", TRUSTING),
            entry("convolution/four_spatial_axes", "ONNX Runtime has no such convolution"),
            entry("inner_product/weights_of_another_size", TRUSTING),
            entry("layers/no_output", "a model without outputs is of no use"),
            entry("weights/a_blob_too_many", TRUSTING),
            entry("weights/none", "Caffe makes random weights"));

    private static CaffeOracle oracle;

    static List<String> refusals() throws IOException {
        try (Stream<Path> files = Files.walk(LayerCase.ROOT)) {
            return files.filter(file -> file.endsWith("error.txt"))
                    .map(file -> LayerCase.ROOT.relativize(file.getParent()).toString())
                    .filter(refusal -> !refusal.startsWith("refusals/"))
                    .sorted()
                    .toList();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        oracle = new CaffeOracle(CaffeOracle.Engine.CAFFE, CaffeOracle.find().orElseThrow(), OracleLimits.LAYERS);
    }

    @AfterAll
    static void end() throws IOException {
        oracle.close();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void genuine_caffe_refuses_it_too(String refusal) throws IOException {
        Path prototxt = LayerCase.ROOT.resolve(refusal).resolve("net.prototxt");

        OracleAnswer answer = oracle.ask(OracleRequest.of(prototxt, Map.of()));
        if (answer instanceof OracleAnswer.Refused setUp && setUp.reason().startsWith("no value is given")) {
            answer = oracle.ask(OracleRequest.of(prototxt, GenuineReferences.inputs(prototxt)));
        }

        assertThat(answer instanceof OracleAnswer.Refused)
                .as(TAKEN.getOrDefault(refusal, "Caffe refuses it"))
                .isEqualTo(!TAKEN.containsKey(refusal));
    }
}
