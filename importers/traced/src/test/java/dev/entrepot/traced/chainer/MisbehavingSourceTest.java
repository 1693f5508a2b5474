package dev.entrepot.traced.chainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.traced.PythonFile;
import dev.entrepot.traced.SandboxLimits;
import dev.entrepot.traced.SourceExpression;
import dev.entrepot.traced.SourceImporter;
import dev.entrepot.traced.Weights;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chainer source that does not end, or says more than it computes. What else it may not do are cases: {@code resources/chainer/refusal}. */
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

    @Test
    void what_is_not_followed_is_told() {
        Imported imported = lowered(
                "chainer.serializers.load_npz('net.npz', self); chainer.config.train = True", Duration.ofMinutes(2));

        assertThat(imported.warnings())
                .containsExactly(
                        "nets.py:8: weights are not loaded from 'net.npz': those of the file that was given are used",
                        "nets.py:8: config.train stays False: a model is traced in test mode");
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
        SourceExpression net = new SourceExpression("nets.py", "Net");
        InputSpec input = new InputSpec("x", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(4))));
        return SourceImporter.lower(
                new TracedChainer(net),
                List.of(new PythonFile("nets.py", source)),
                net,
                Weights.NONE,
                new ImportOptions(List.of(input), ImportOptions.Missing.REFUSE, ImportOptions.Unused.REFUSE),
                SandboxLimits.DEFAULT.within(limit),
                text -> {});
    }
}
