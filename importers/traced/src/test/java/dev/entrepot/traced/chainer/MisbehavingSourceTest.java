package dev.entrepot.traced.chainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.importers.Imported;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Chainer source that does not end. What else it may not do are cases: {@code resources/chainer/refusal}. */
class MisbehavingSourceTest {

    @Test
    void an_endless_loop_is_ended_and_its_line_told_and_the_next_network_is_converted() {
        ModelException refused = catchThrowableOfType(
                ModelException.class, () -> lowered("while True:\n            x = x", Duration.ofSeconds(20)));

        Problem problem = refused.problems().get(0);
        assertThat(problem.kind()).isEqualTo(Problem.Kind.LIMIT_EXCEEDED);
        assertThat(problem.where().file()).isEqualTo("nets.py");
        assertThat(problem.where().line()).isBetween(8, 9);
        assertThat(lowered("pass", Duration.ofMinutes(2)).model().graph().nodes())
                .hasSize(1);
    }

    private static Imported lowered(String statement, Duration limit) {
        String source = """
                import chainer
                import chainer.functions as F


                class Net(chainer.Chain):
                    def forward(self, x):
                        x = F.relu(x)
                        %s
                        return x
                """.formatted(statement);
        return ChainerSource.lowered(source, limit);
    }
}
