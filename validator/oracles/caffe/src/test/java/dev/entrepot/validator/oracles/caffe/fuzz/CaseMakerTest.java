package dev.entrepot.validator.oracles.caffe.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import dev.entrepot.validator.oracles.caffe.NeedsGenuineCaffe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NeedsGenuineCaffe.class)
class CaseMakerTest {

    private static final int SEEDS = 8;

    @Test
    void the_same_seed_makes_the_same_case() {
        for (String kind : List.of("Convolution", CaseMaker.NET)) {
            FuzzCase once = CaseMaker.make(kind, 7);
            FuzzCase again = CaseMaker.make(kind, 7);
            assertThat(again.weightedPrototxt()).isEqualTo(once.weightedPrototxt());
            assertThat(again.inputs().keySet()).isEqualTo(once.inputs().keySet());
            once.inputs()
                    .forEach((name, tensor) -> assertThat(again.inputs())
                            .hasEntrySatisfying(
                                    name, other -> assertThat(other.toFloats()).containsExactly(tensor.toFloats())));
        }
    }

    @Test
    void genuine_caffe_computes_every_case(@TempDir Path directory) throws IOException {
        var kinds = new ArrayList<>(LayerKinds.TABLE.keySet());
        kinds.add(CaseMaker.NET);
        var refusals = new ArrayList<String>();
        Path net = directory.resolve("net.prototxt");
        try (var oracle =
                new CaffeOracle(CaffeOracle.Engine.CAFFE, CaffeOracle.find().orElseThrow(), OracleLimits.LAYERS)) {
            for (String kind : kinds) {
                for (int seed = 0; seed < SEEDS; seed++) {
                    FuzzCase drawn = CaseMaker.make(kind, seed);
                    Files.writeString(net, drawn.weightedPrototxt());
                    if (oracle.ask(OracleRequest.of(net, drawn.inputs())) instanceof OracleAnswer.Refused refused) {
                        refusals.add(drawn + ": " + refused.reason() + "\n" + drawn.prototxt());
                    }
                }
            }
        }
        assertThat(refusals).isEmpty();
    }
}
