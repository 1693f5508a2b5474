package dev.entrepot.formats.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.formats.caffe.NetState.Phase;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The facts of caffe's FilterNetTest (test_net.cpp) in nets of our own. */
class NetStateTest {

    private static List<String> layers(String text, NetState state) {
        return CaffeNets.readPrototxt(Canonical.source(text), state).layers().stream()
                .map(CaffeLayer::name)
                .toList();
    }

    private static String layer(String name, String rules) {
        return "layer { name: \"" + name + "\" type: \"X\" " + rules + " }\n";
    }

    private static NetState stages(String... stages) {
        return new NetState(Phase.TEST, 0, Set.of(stages));
    }

    private static NetState level(int level) {
        return new NetState(Phase.TEST, level, Set.of());
    }

    @Test
    void layers_without_rules_are_always_there() {
        assertThat(layers(layer("a", "") + layer("b", ""), NetState.TEST)).containsExactly("a", "b");
    }

    @Test
    void phases_include_and_exclude() {
        String net = layer("train", "include { phase: TRAIN }")
                + layer("test", "include: { phase: TEST }")
                + layer("not_train", "exclude { phase: TRAIN }")
                + layer("not_test", "exclude { phase: TEST }")
                + layer("both", "include { phase: TRAIN } include { phase: TEST }");

        assertThat(layers(net, NetState.TEST)).containsExactly("test", "not_train", "both");
        assertThat(layers(net, new NetState(Phase.TRAIN, 0, Set.of()))).containsExactly("train", "not_test", "both");
    }

    @Test
    void a_rule_needs_all_its_stages() {
        String net = layer("one", "include { stage: \"x\" }") + layer("two", "include { stage: \"x\" stage: \"y\" }");

        assertThat(layers(net, stages())).isEmpty();
        assertThat(layers(net, stages("x"))).containsExactly("one");
        assertThat(layers(net, stages("x", "y"))).containsExactly("one", "two");
    }

    @Test
    void a_rule_fails_with_any_of_its_not_stages() {
        String net = layer("in", "include { not_stage: \"x\" not_stage: \"y\" }")
                + layer("out", "exclude { not_stage: \"x\" }");

        assertThat(layers(net, stages())).containsExactly("in");
        assertThat(layers(net, stages("y"))).isEmpty();
        assertThat(layers(net, stages("x"))).containsExactly("out");
    }

    @Test
    void levels_are_compared_with_their_bounds() {
        String net = layer("low", "include { max_level: 2 }")
                + layer("high", "include { min_level: 3 }")
                + layer("not_high", "exclude { min_level: 3 }");

        assertThat(layers(net, level(0))).containsExactly("low", "not_high");
        assertThat(layers(net, level(2))).containsExactly("low", "not_high");
        assertThat(layers(net, level(3))).containsExactly("high");
    }

    @Test
    void all_parts_of_one_rule_must_hold_but_only_one_of_several_rules() {
        String net = layer("a", "include { phase: TEST min_level: 2 }")
                + layer("b", "include { phase: TRAIN } include { stage: \"x\" }")
                + layer("c", "exclude { phase: TRAIN } exclude { stage: \"x\" }");

        assertThat(layers(net, level(1))).containsExactly("c");
        assertThat(layers(net, stages("x"))).containsExactly("b");
        assertThat(layers(net, level(2))).containsExactly("a", "c");
    }

    @Test
    void include_and_exclude_together_are_malformed() {
        assertThatThrownBy(() -> layers(layer("a", "include {} exclude {}"), NetState.TEST))
                .hasMessage(
                        "net.prototxt:1:40: layer \"a\": has include rules and exclude rules, it may have one or the"
                                + " other");
    }

    @Test
    void the_nets_own_stages_are_on() {
        assertThat(layers("state { stage: \"x\" }" + layer("a", "include { stage: \"x\" }"), NetState.TEST))
                .containsExactly("a");
    }

    @Test
    void old_forms_are_upgraded_before_their_rules_apply() {
        String net = "layers { name: \"a\" type: RELU exclude { phase: TEST } } layers { name: \"b\" type: RELU }";

        assertThat(layers(net, NetState.TEST)).containsExactly("b");
    }

    @Test
    void image_transformations_are_kept_from_layers_that_are_left_out() {
        String net = "layer { name: \"d\" type: \"Data\" top: \"data\" include { phase: TRAIN }"
                + " transform_param { mean_value: 104 mean_value: 117 scale: 0.5 } }"
                + layer("a", "");

        CaffeNet read = CaffeNets.readPrototxt(Canonical.source(net), NetState.TEST);

        assertThat(read.layers()).hasSize(1);
        assertThat(read.transforms()).hasSize(1);
        assertThat(read.transforms().get(0).message().floats("mean_value")).containsExactly(104f, 117f);
        assertThat(read.transforms().get(0).tops()).containsExactly("data");
    }
}
