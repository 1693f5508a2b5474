package dev.entrepot.validator.oracles.caffe.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracles.caffe.NeedsGenuineCaffe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nets that once were wrong, in their smallest form. Their inputs are named {@code in0}, {@code in1} and so on. */
@ExtendWith(NeedsGenuineCaffe.class)
class FoundByFuzzingTest {

    private static final Pattern INPUT = Pattern.compile("input: \"(\\w+)\" input_shape \\{((?: dim: \\d+)*) \\}");

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

    @Test
    void a_layer_in_place_on_an_input_gives_its_own_name_to_the_output() throws IOException {
        assertSame("""
                input: "in0" input_shape { dim: 2 dim: 3 }
                layer { name: "clip" type: "ReLU" bottom: "in0" top: "in0" }
                """, Map.of("in0", "clip"));
    }

    @Test
    void in_place_on_a_flattened_view_changes_what_was_flattened() throws IOException {
        assertSame("""
                input: "in0" input_shape { dim: 2 dim: 3 dim: 4 dim: 1 }
                layer { name: "flat" type: "Flatten" bottom: "in0" top: "flat" }
                layer { name: "before" type: "Power" bottom: "in0" top: "before" power_param { scale: 2 } }
                layer { name: "clip" type: "ReLU" bottom: "flat" top: "flat" }
                layer { name: "after" type: "Power" bottom: "in0" top: "after" power_param { scale: 2 } }
                """, Map.of());
    }

    @Test
    void in_place_on_one_view_changes_the_others() throws IOException {
        assertSame("""
                input: "in0" input_shape { dim: 2 dim: 6 }
                layer { name: "double" type: "Power" bottom: "in0" top: "double" power_param { scale: 2 } }
                layer { name: "a" type: "Reshape" bottom: "double" top: "a" reshape_param { shape { dim: -1 dim: 2 } } }
                layer { name: "b" type: "Reshape" bottom: "double" top: "b" reshape_param { shape { dim: -1 } } }
                layer { name: "s" type: "Split" bottom: "double" top: "s0" top: "s1" }
                layer { name: "clip" type: "ReLU" bottom: "b" top: "b" }
                """, Map.of());
    }

    @Test
    void two_views_written_in_place_are_one_blob() throws IOException {
        assertSame("""
                input: "in0" input_shape { dim: 1 dim: 5 }
                layer { name: "s" type: "Split" bottom: "in0" top: "a" top: "b" }
                layer { name: "elu" type: "ELU" bottom: "a" top: "a" }
                layer { name: "sigmoid" type: "Sigmoid" bottom: "b" top: "b" }
                """, Map.of());
    }

    static Stream<String> wrongNets() {
        String plane = "input: \"in0\" input_shape { dim: 2 dim: 3 dim: 5 dim: 5 }\n";
        String pair = plane + "input: \"in1\" input_shape { dim: 4 dim: 3 dim: 4 dim: 5 }\n";
        return Stream.of(
                plane + "layer { name: \"a\" type: \"TanH\" bottom: \"in0\" bottom: \"in0\" top: \"a\" }",
                plane + "layer { name: \"a\" type: \"TanH\" bottom: \"in0\" }",
                plane + "layer { name: \"a\" type: \"Eltwise\" bottom: \"in0\" top: \"a\" }",
                plane + "layer { name: \"a\" type: \"Deconvolution\" bottom: \"in0\" top: \"a\""
                        + " convolution_param { num_output: 1 kernel_size: 1 pad: 3 } }",
                plane + "layer { name: \"a\" type: \"Reshape\" bottom: \"in0\" top: \"a\""
                        + " reshape_param { shape { dim: 3 dim: 11 } } }",
                pair + "layer { name: \"a\" type: \"Concat\" bottom: \"in0\" bottom: \"in1\" top: \"a\" }",
                pair + "layer { name: \"a\" type: \"Crop\" bottom: \"in0\" bottom: \"in1\" top: \"a\""
                        + " crop_param { offset: 2 } }",
                plane
                        + "input: \"in1\" input_shape { dim: 1 }\n"
                        + "layer { name: \"a\" type: \"Bias\" bottom: \"in0\" bottom: \"in1\" top: \"a\" }");
    }

    @ParameterizedTest
    @MethodSource("wrongNets")
    void what_caffe_refuses_is_not_imported(String prototxt) throws IOException {
        assertThat(judge.judge(net(prototxt, Map.of()))).isInstanceOf(Verdict.BothRefuse.class);
    }

    private static void assertSame(String prototxt, Map<String, String> lastWriters) throws IOException {
        assertThat(judge.judge(net(prototxt, lastWriters))).isEqualTo(new Verdict.Same());
    }

    private static FuzzCase net(String prototxt, Map<String, String> lastWriters) {
        var inputs = new LinkedHashMap<String, Tensor>();
        var dice = new Dice(1);
        INPUT.matcher(prototxt).results().forEach(input -> {
            int[] shape = Pattern.compile("\\d+")
                    .matcher(input.group(2))
                    .results()
                    .mapToInt(dim -> Integer.parseInt(dim.group()))
                    .toArray();
            inputs.put(input.group(1), Values.NORMAL.fill(dice, shape));
        });
        return new FuzzCase("found", 1, List.of(), prototxt, prototxt, inputs, lastWriters);
    }
}
