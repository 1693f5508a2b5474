package dev.entrepot.traced.torch;

import static dev.entrepot.traced.torch.Traced.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.importers.Imported;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.traced.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weights find their parameters by name, and whatever does not fit is told. */
class CheckpointTest {

    private static final String DENSE = """
            import torch
            from torch import nn

            class Net(nn.Module):
                def __init__(self):
                    super().__init__()
                    self.dense = nn.Linear(4, 2)
                    self.norm = nn.BatchNorm1d(2)
                    print('made')

                def forward(self, x):
                    return self.norm(self.dense(x))
            """;

    private static final Map<String, Tensor> FITTING = Map.of(
            "dense.weight", Tensor.of(Shape.of(2, 4), new float[8]),
            "dense.bias", Tensor.vector(0F, 0F),
            "norm.weight", Tensor.vector(1F, 1F),
            "norm.bias", Tensor.vector(0F, 0F),
            "norm.running_mean", Tensor.vector(0F, 0F),
            "norm.running_var", Tensor.vector(1F, 1F));

    @Test
    void weights_are_initializers_of_their_own_names() {
        Traced traced = dense(FITTING);

        Imported imported = traced.lowered();

        assertThat(imported.model().graph().initializers())
                .containsKeys("dense.weight", "dense.bias", "norm.running_var");
        assertThat(imported.warnings()).isEmpty();
        assertThat(traced.printed()).isEqualTo("made\n");
    }

    @Test
    void every_weight_that_does_not_fit_is_told() {
        assertThat(dense(Map.of(
                                "dense.weight", Tensor.of(Shape.of(2, 3), new float[6]),
                                "dense.bias", Tensor.vector(0F, 0F),
                                "norm.weight", Tensor.vector(1F, 1F),
                                "norm.bias", Tensor.vector(0F, 0F),
                                "norm.running_mean", Tensor.vector(0F, 0F),
                                "other", Tensor.vector(0F)))
                        .refusal())
                .containsExactly(
                        "w.pth: weight \"dense.weight\": has shape [2, 3], the network of nets.py has [2, 4]",
                        "w.pth: buffer \"norm.running_var\": is not among the weights, shape [2]; --allow-missing makes it 1 throughout",
                        "w.pth: weight \"other\" float32[1]: fits no parameter of nets.py; --allow-unused leaves it out");
    }

    @Test
    void parameters_without_weights_are_the_number_they_begin_with_or_zeros() {
        Imported imported = source(DENSE).input("x", "N", 4).lowered();

        assertThat(imported.model().graph().initializers().get("norm.running_var"))
                .extracting(Tensor::toFloats)
                .isEqualTo(new float[] {1, 1});
        assertThat(imported.warnings())
                .hasSize(6)
                .contains(
                        "nets.py: parameter \"dense.weight\" has no weights and is zeros in place of what training begins with",
                        "nets.py: buffer \"norm.running_var\" has no weights and is 1 throughout");
    }

    @Test
    void an_input_must_be_a_parameter_of_forward() {
        assertThat(source(DENSE).input("image", "N", 4).refusal())
                .containsExactly(
                        "nets.py: input \"image\": is no parameter of forward(x)",
                        "nets.py: parameter \"x\" of forward: has no --input that tells its shape");
    }

    @Test
    void a_constructor_may_ask_for_the_numbers_it_computes() {
        assertThat(source("""
                                import math
                                import torch

                                class Net(torch.nn.Module):
                                    def __init__(self):
                                        super().__init__()
                                        widths = torch.arange(4) * 2.5 + 8
                                        steps = torch.round(torch.log(widths / 8) / math.log(2))
                                        self.widths = (torch.round(torch.divide(8 * torch.pow(2, steps), 8)) * 8).int().tolist()
                                        print(self.widths)

                                    def forward(self, x):
                                        return x + sum(self.widths)
                                """).input("x", "N", 4).lowered().dropped()).isEqualTo(List.of());
    }

    private static Traced dense(Map<String, Tensor> tensors) {
        return source(DENSE).input("x", "N", 4).weights(new Weights("w.pth", tensors, List.of()));
    }
}
