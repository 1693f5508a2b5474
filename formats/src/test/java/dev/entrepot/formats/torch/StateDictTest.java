package dev.entrepot.formats.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StateDictTest {

    @Test
    void a_checkpoint_is_unwrapped_and_says_so() {
        StateDict weights = StateDict.of(Fixtures.read("checkpoint.pth"), StateDict.Options.NONE);

        assertThat(weights.tensors().keySet()).containsExactly("weight", "bias");
        assertThat(weights.notes())
                .containsExactly(
                        "took the weights under \"state_dict\", left aside [epoch, accuracy, optimizer]",
                        "took \"module.\" off the names");
    }

    @Test
    void a_key_and_a_prefix_can_be_given() {
        var options = new StateDict.Options(Optional.of("optimizer.state"), Optional.of("0."));

        assertThat(StateDict.of(Fixtures.read("checkpoint.pth"), options).tensors())
                .containsOnlyKeys("momentum");
    }

    @Test
    void a_wrong_key_is_told_with_the_right_ones() {
        var options = new StateDict.Options(Optional.of("model"), Optional.empty());

        assertThatThrownBy(() -> StateDict.of(Fixtures.read("checkpoint.pth"), options))
                .hasMessage("checkpoint.pth: weights key \"model\": is not there: \"model\" was looked for among"
                        + " [epoch, accuracy, optimizer, state_dict]");
    }

    @Test
    void plain_dictionaries_and_modules_are_taken_as_they_are() {
        assertThat(StateDict.of(Fixtures.read("strided.pth"), StateDict.Options.NONE)
                        .notes())
                .isEmpty();
        assertThat(StateDict.of(Fixtures.read("module.pth"), StateDict.Options.NONE)
                        .tensors())
                .containsKeys("scale", "features.0.weight", "features.1.running_mean", "head.weight")
                .doesNotContainKey("scratch");
    }
}
