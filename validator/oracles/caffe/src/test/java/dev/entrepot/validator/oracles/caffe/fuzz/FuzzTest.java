package dev.entrepot.validator.oracles.caffe.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.validator.oracles.caffe.NeedsGenuineCaffe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random nets give the same in genuine Caffe and, after import, in ONNX Runtime.
 *
 * <p>{@code -Dentrepot.fuzz.cases=500} draws more cases of each kind, {@code -Dentrepot.fuzz.mutations=50} changes more of them, {@code -Dentrepot.fuzz.seed=17} only the one of that seed, {@code
 * -Dentrepot.fuzz.kind=Pooling} only cases of one kind.
 */
@ExtendWith(NeedsGenuineCaffe.class)
class FuzzTest {

    private static final int POOLING_CASES = 400;

    @TempDir
    static Path directory;

    private static Judge judge;

    @BeforeAll
    static void start() throws IOException {
        judge = new Judge(directory);
    }

    @AfterAll
    static void end() throws IOException {
        judge.close();
    }

    static Stream<String> kinds() {
        String only = System.getProperty("entrepot.fuzz.kind");
        return only == null
                ? Stream.concat(LayerKinds.TABLE.keySet().stream(), Stream.of(CaseMaker.NET))
                : Stream.of(only);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void the_model_computes_what_caffe_computes(String kind) throws IOException {
        int usual = kind.equals(CaseMaker.NET) ? 60 : 10;
        assertThat(faults(kind, seeds(Integer.getInteger("entrepot.fuzz.cases", usual))))
                .isEmpty();
    }

    /** What Caffe refuses may be taken here, but what it takes must come out the same. Embed does not check its indices in Caffe. */
    @ParameterizedTest
    @MethodSource("kinds")
    void a_net_with_one_thing_changed_is_computed_alike_or_refused(String kind) throws IOException {
        if (!kind.equals("Embed")) {
            assertThat(faults(kind + CaseMaker.MUTATED, seeds(Integer.getInteger("entrepot.fuzz.mutations", 1))))
                    .isEmpty();
        }
    }

    @Test
    void pooling_sizes_and_averages_are_caffes_in_400_configurations() throws IOException {
        assertThat(faults(CaseMaker.POOLING_RANGES, seeds(POOLING_CASES))).isEmpty();
    }

    private static LongStream seeds(int count) {
        Long only = Long.getLong("entrepot.fuzz.seed");
        return only == null ? LongStream.range(0, count) : LongStream.of(only);
    }

    private static List<String> faults(String kind, LongStream seeds) throws IOException {
        var faults = new ArrayList<String>();
        for (long seed : seeds.toArray()) {
            FuzzCase drawn = CaseMaker.make(kind, seed);
            Verdict verdict = judge.judge(drawn);
            if (verdict.isFault() && !KnownRefusals.covers(verdict)) {
                faults.add("%s: %s%n%s".formatted(drawn, verdict, drawn.weightedPrototxt()));
            }
        }
        return faults;
    }
}
