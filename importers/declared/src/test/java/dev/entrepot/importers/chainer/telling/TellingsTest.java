package dev.entrepot.importers.chainer.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.entrepot.importers.chainer.functions.FunctionTable;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every function of Chainer against its independent telling, with random arguments and sizes, sizes known and symbolic.
 * {@code -Dentrepot.telling=NAME} draws for one function, {@code -Dentrepot.telling.count=N} so often, {@code -Dentrepot.telling.seed=S} the one
 * draw that a failure names.
 */
class TellingsTest {

    // spotless:off
    private static final List<Telling> ALL = Stream.of(
                    ActivationTellings.ALL,
                    ArithmeticTellings.ALL,
                    BasicTellings.ALL,
                    ClassLossTellings.ALL,
                    ConnectionTellings.ALL,
                    ElementwiseTellings.ALL,
                    EvaluationTellings.ALL,
                    ImagesTellings.ALL,
                    IndexingTellings.ALL,
                    JoiningTellings.ALL,
                    LossTellings.ALL,
                    MatricesTellings.ALL,
                    NoiseTellings.ALL,
                    NormalizationTellings.ALL,
                    NumpyTellings.ALL,
                    PaddingTellings.ALL,
                    RecurrentTellings.ALL,
                    ReductionTellings.ALL,
                    RoiTellings.ALL,
                    SequenceTellings.ALL,
                    ShapesTellings.ALL,
                    SpecialTellings.ALL,
                    WindowTellings.ALL)
            .flatMap(List::stream)
            .toList();
    // spotless:on

    private static final String ONLY = System.getProperty("entrepot.telling", "");
    private static final long COUNT = Long.getLong("entrepot.telling.count", 8);

    @TestFactory
    Stream<DynamicTest> a_function_computes_what_is_told_of_it() {
        return ALL.stream()
                .filter(telling -> ONLY.isEmpty() || telling.function().equals(ONLY))
                .map(telling -> dynamicTest(telling.function(), () -> {
                    List<String> wrong = seeds(telling)
                            .mapToObj(
                                    seed -> new Trial(telling, seed).outcome().map(why -> "seed " + seed + ": " + why))
                            .flatMap(java.util.Optional::stream)
                            .toList();
                    assertThat(wrong).as(telling.function()).isEmpty();
                }));
    }

    private static LongStream seeds(Telling telling) {
        Long one = Long.getLong("entrepot.telling.seed");
        return one != null
                ? LongStream.of(one)
                : LongStream.range(0, COUNT)
                        .map(i -> i * 1000 + telling.function().length());
    }

    @Test
    void every_function_that_is_lowered_has_a_telling() {
        assertThat(FunctionTable.names())
                .filteredOn(name -> FunctionTable.refusal(name).isEmpty())
                .isSubsetOf(ALL.stream().map(Telling::function).toList());
    }

    @Test
    void each_telling_is_of_a_function_in_the_table() {
        assertThat(ALL)
                .extracting(Telling::function)
                .allMatch(name -> FunctionTable.find(name).isPresent());
    }
}
