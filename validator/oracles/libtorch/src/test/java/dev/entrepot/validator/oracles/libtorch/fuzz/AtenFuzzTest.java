package dev.entrepot.validator.oracles.libtorch.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.validator.oracles.libtorch.NeedsGenuineLibtorch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs give the same in genuine libtorch and, after import, in ONNX Runtime. How to run it for some operators, or longer, is in this
 * package's documentation.
 */
@ExtendWith(NeedsGenuineLibtorch.class)
class AtenFuzzTest {

    private static final int USUAL_COUNT = Boolean.getBoolean("entrepot.ci") ? 4 : 2;

    @TempDir
    static Path directory;

    private static Judge judge;
    private static final Tally TALLY = new Tally();

    @BeforeAll
    static void start() throws IOException {
        judge = new Judge(directory);
    }

    @AfterAll
    static void end() throws IOException {
        judge.close();
        TALLY.write(Path.of("target", "fuzz.txt"));
    }

    static Stream<String> operators() {
        Pattern wanted = Pattern.compile(System.getProperty("entrepot.fuzz", ".*"));
        return Draws.TABLE.keySet().stream()
                .filter(operator -> wanted.matcher(operator).matches());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operators")
    void the_model_computes_what_libtorch_computes(String operator) throws IOException {
        var faults = new ArrayList<String>();
        int drawn = 0;
        int computed = 0;
        for (long seed : seeds()) {
            FuzzCase program = FuzzCase.draw(operator, Objects.requireNonNull(Draws.TABLE.get(operator)), seed);
            Verdict verdict = judge.judge(program);
            TALLY.count(program, verdict);
            drawn++;
            computed += verdict instanceof Verdict.TorchRefuses ? 0 : 1;
            if (verdict.isFault()) {
                faults.add("%s: %s%n%s%s"
                        .formatted(program, verdict, program.program().source(), program.inputs()));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(computed)
                .as("programs that libtorch computes; see target/fuzz.txt")
                .isGreaterThanOrEqualTo((drawn + 1) / 2);
    }

    private static long[] seeds() {
        Long only = Long.getLong("entrepot.fuzz.seed");
        return only == null
                ? LongStream.range(0, Integer.getInteger("entrepot.fuzz.count", USUAL_COUNT))
                        .toArray()
                : new long[] {only};
    }
}
