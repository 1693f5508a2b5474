package dev.entrepot.traced.chainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.importers.Imported;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of source that says more than a model can hold, or less than it needs. */
class SourceWarningsTest {

    @Test
    void what_is_not_followed_is_told() {
        Imported imported = ChainerSource.lowered("""
                import chainer
                import chainer.functions as F


                class Net(chainer.Chain):
                    def forward(self, x):
                        chainer.serializers.load_npz('net.npz', self); chainer.config.train = True
                        return F.relu(x)
                """);

        assertThat(imported.warnings())
                .containsExactly(
                        "nets.py:7: weights are not loaded from 'net.npz': those of the file that was given are used",
                        "nets.py:7: config.train stays False: a model is traced in test mode");
    }

    @Test
    void an_attribute_that_a_call_reads_as_the_last_one_left_it_is_told_with_its_line() {
        Imported imported = ChainerSource.lowered("""
                import chainer
                import chainer.functions as F
                import numpy as np


                class Memory(chainer.Chain):
                    def reset(self):
                        self.cells = []

                    def forward(self, x):
                        last = self.cells[-1] if self.cells else x
                        self.cells = self.cells + [F.tanh(x + last)]
                        return self.cells[-1]


                class Net(chainer.Chain):
                    def __init__(self):
                        super().__init__(memory=Memory(), fresh=Memory())
                        self.memory.reset()
                        self.h = self.loss = self.ones = None
                        self.calls, self.scale = 0, 2

                    def __call__(self, x):
                        self.calls += 1
                        if self.ones is None:
                            self.ones = np.ones((1, 4), 'f')
                        h = F.relu(x) if self.h is None else x + self.h
                        self.h = h * self.ones * self.scale
                        self.fresh.reset()
                        h = self.memory(h) + self.fresh(h)
                        self.loss = F.sum(h)
                        return h * self.loss
                """);

        String begins = " is kept from call to call; every call of the model begins with what it is at first";
        assertThat(imported.warnings())
                .containsExactly(
                        "nets.py:24: Net.calls" + begins,
                        "nets.py:27: Net.h" + begins,
                        "nets.py:11: Memory.cells" + begins);
    }

    /** Source: chainer/links/normalization/batch_normalization.py of versions 1.13 and 1.14. */
    @Test
    void the_eps_of_a_batch_normalization_is_that_of_the_sources_age() {
        String earliest =
                "the eps of BatchNormalization is not said and taken as 1e-5, as before Chainer 1.14, since the source"
                        + " writes it as the first versions did; 2e-5 if it is for a later one";
        String later =
                "the eps of BatchNormalization is not said and taken as 2e-5, as since Chainer 1.14; 1e-5 if the source is"
                        + " for an earlier one";

        Imported functionSet = normalized("FunctionSet", "L.BatchNormalization(4)", "");
        Imported function = normalized("Chain", "F.BatchNormalization(4)", "");
        Imported said = normalized("FunctionSet", "F.BatchNormalization(4, eps=0.125)", "");
        Imported versionOne = normalized("Chain", "L.BatchNormalization(4)", ", test=True");
        Imported later2 = normalized("Chain", "L.BatchNormalization(4)", "");

        assertThat(List.of(
                        epsilon(functionSet), epsilon(function), epsilon(said), epsilon(versionOne), epsilon(later2)))
                .containsExactly(1e-5F, 1e-5F, 0.125F, 2e-5F, 2e-5F);
        assertThat(told(functionSet)).containsExactly("nets.py:8: " + earliest);
        assertThat(told(function)).containsExactly("nets.py:8: " + earliest);
        assertThat(told(said)).isEmpty();
        assertThat(told(versionOne)).containsExactly("nets.py:11: " + later);
        assertThat(told(later2)).isEmpty();
    }

    private static Imported normalized(String base, String link, String arguments) {
        return ChainerSource.lowered("""
                import chainer
                import chainer.functions as F
                import chainer.links as L


                class Net(chainer.%s):
                    def __init__(self):
                        super().__init__(bn=%s)

                    def __call__(self, x):
                        return self.bn(x%s)
                """.formatted(base, link, arguments));
    }

    private static float epsilon(Imported imported) {
        return imported.model().graph().nodes().stream()
                .filter(node -> node.op().equals("BatchNormalization"))
                .map(node -> node.attributes().floatOr("epsilon", 1e-5F))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> told(Imported imported) {
        return imported.warnings().stream()
                .filter(warning -> warning.contains("eps"))
                .toList();
    }
}
