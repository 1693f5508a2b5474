package dev.entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input ends with exit code 3 and words that say where, what and why; no file is left behind. */
class RefusalsTest {

    private static final String HEAD = "name: \"t\"\nlayer { name: \"data\" type: \"Input\" top: \"data\" "
            + "input_param { shape { dim: 1 dim: 3 dim: 8 dim: 8 } } }\n";

    @TempDir
    Path folder;

    private Path prototxt = Path.of("");
    private Path caffemodel = Path.of("");

    @BeforeEach
    void unpack_the_digits() throws IOException {
        prototxt = unpack("deploy.prototxt");
        caffemodel = unpack("digits.caffemodel");
    }

    static Stream<Arguments> nets() {
        return Stream.of(
                Arguments.of(
                        "a cycle",
                        HEAD + layer("a", "ReLU", "b", "a") + layer("b", "ReLU", "a", "b"),
                        "net.prototxt:3:7: layer \"a\" (ReLU): bottom \"b\" is made only by a layer after it: the net has a"
                                + " cycle, or its layers are out of order"),
                Arguments.of(
                        "a missing bottom",
                        HEAD + layer("a", "ReLU", "nothing", "a"),
                        "net.prototxt:3:7: layer \"a\" (ReLU): bottom \"nothing\" is not made by any layer"),
                Arguments.of(
                        "a pad that is not smaller than the kernel",
                        HEAD + layer("pool1", "Pooling", "data", "p", "pooling_param { kernel_size: 2 pad: 2 }"),
                        "net.prototxt:3:7: layer \"pool1\" (Pooling): pad_h 2 is not smaller than kernel_h 2"),
                Arguments.of("an empty file", "", "net.prototxt@0: file: is empty (0 bytes)"),
                Arguments.of(
                        "a web page",
                        "<!DOCTYPE html><html><body>404</body></html>",
                        "net.prototxt@0: file: is an HTML page; a download was probably answered with a web page"),
                Arguments.of(
                        "dimensions that overflow",
                        "layer { name: \"data\" type: \"Input\" top: \"data\" input_param { shape { dim: 100000 dim: 100000"
                                + " dim: 100000 dim: 100000 } } }",
                        "net.prototxt:1:7: layer \"data\" (Input): shape [100000, 100000, 100000, 100000] has more than"
                                + " 2147483647 elements, Caffe's limit"),
                Arguments.of(
                        "an unclosed brace",
                        HEAD + "layer { name: \"a\"\n",
                        "net.prototxt:4:1: prototxt: ends here, but the message opened at line 3, column 7 is not closed"
                                + " by \"}\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("nets")
    void a_net_with(String what, String net, String message) throws IOException {
        Path file = write("net.prototxt", net);

        Outcome outcome = convert(file);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(outcome.errors()).containsExactly("entrepot: " + message);
    }

    @Test
    void unknown_layers_are_all_listed_at_once() throws IOException {
        Path file = write(
                "net.prototxt",
                HEAD
                        + layer("a", "Foo", "data", "a")
                        + layer("b", "Bar", "a", "b")
                        + layer("c", "ReLU", "b", "c")
                        + layer("d", "Baz", "data", "d"));

        assertThat(convert(file).errors())
                .containsExactly(
                        "entrepot: net.prototxt:3:7: layer \"a\" (Foo): no layer of this type is known here",
                        "entrepot: net.prototxt:4:7: layer \"b\" (Bar): no layer of this type is known here",
                        "entrepot: net.prototxt:6:7: layer \"d\" (Baz): no layer of this type is known here");
    }

    @Test
    void a_name_of_a_million_characters_is_over_the_limit() throws IOException {
        Path file = write("net.prototxt", HEAD + layer("x".repeat(1_000_000), "ReLU", "data", "a"));

        Outcome outcome = convert(file);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(outcome.errors())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .hasSizeLessThan(500)
                        .endsWith("has a name of 1000000 characters, the limit is 1024"));
    }

    @Test
    void an_expression_that_a_path_would_change_is_refused() {
        Outcome outcome = run("convert", "nets.py:Net(7//2)", "net.pth", "-o", "net.onnx");

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(String.join(" ", outcome.errors())).contains("Net(7//2)", "int(a / b)");
    }

    @Test
    void a_caffemodel_that_is_cut_off_says_where() throws IOException {
        Path cut = folder.resolve("cut.caffemodel");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(caffemodel), 10_000));

        Outcome outcome = convert(prototxt, cut);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(outcome.errors())
                .containsExactly(
                        "entrepot: cut.caffemodel@1187: field 100: claims to be 9424 bytes long, 8809 are left in"
                                + " its message; the file may be cut off");
    }

    @Test
    void weights_of_another_shape_are_told_with_both_shapes() throws IOException {
        Path other = write("other.prototxt", Files.readString(prototxt).replace("num_output: 16 ", "num_output: 24 "));

        Outcome outcome = convert(other, caffemodel);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(outcome.errors())
                .contains("entrepot: digits.caffemodel@113: layer \"conv1\" (Convolution): blob 0 (weight) has shape"
                        + " [16, 1, 3, 3] in the weights, the layer asks for [24, 1, 3, 3]")
                .hasSizeGreaterThan(1);
    }

    @Test
    void a_parameter_more_than_the_weights_hold_is_missing() throws IOException {
        Path other = write("other.prototxt", Files.readString(prototxt).replace("bias_term: false", "bias_term: true"));

        Outcome outcome = convert(other, caffemodel);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(outcome.errors())
                .containsExactly(
                        "entrepot: other.prototxt:4:7: layer \"conv1\" (Convolution): no weights for its bias, shape"
                                + " [16]; --allow-missing fills it");
    }

    @Test
    void the_caffemodel_of_another_net_is_refused() throws IOException {
        Path other = write(
                "net.prototxt",
                HEAD
                        + layer(
                                "first",
                                "Convolution",
                                "data",
                                "first",
                                "convolution_param { num_output: 4 kernel_size: 3 }"));

        Outcome outcome = convert(other, caffemodel);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(outcome.errors())
                .containsExactly(
                        "entrepot: net.prototxt:3:7: layer \"first\" (Convolution): no weights for its weight, shape"
                                + " [4, 3, 3, 3]; --allow-missing fills it",
                        "entrepot: net.prototxt:3:7: layer \"first\" (Convolution): no weights for its bias, shape [4];"
                                + " --allow-missing fills it");
    }

    @Test
    void problems_are_told_as_json_too() throws IOException {
        Path file = write("net.prototxt", HEAD + layer("a", "Foo", "data", "a"));

        Outcome outcome = run(
                "--json",
                "convert",
                file.toString(),
                "-o",
                folder.resolve("out.onnx").toString());

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.MODEL_REFUSED);
        assertThat(outcome.output())
                .contains("\"kind\" : \"unsupported\"", "\"file\" : \"net.prototxt\"", "\"line\" : 3");
    }

    @Test
    void a_missing_file_is_the_tools_failure_and_a_wrong_option_the_users() {
        String target = folder.resolve("out.onnx").toString();

        assertThat(run("convert", folder.resolve("none").toString(), "-o", target)
                        .exitCode())
                .isEqualTo(ExitCode.TOOL_FAILED);
        assertThat(run("convert", prototxt.toString()).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("nonsense").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run().exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run("--help").exitCode()).isEqualTo(ExitCode.DONE);
    }

    private Outcome convert(Path... sources) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("convert"));
        Arrays.stream(sources).map(Path::toString).forEach(arguments::add);
        Path target = folder.resolve("out").resolve("model.onnx");
        Files.createDirectories(target.getParent());
        arguments.addAll(List.of("-o", target.toString()));
        Outcome outcome = run(arguments.toArray(String[]::new));
        assertThat(target.getParent()).isEmptyDirectory();
        return outcome;
    }

    private static Outcome run(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int exitCode = Entrepot.run(new PrintWriter(output), new PrintWriter(errors), arguments);
        return new Outcome(
                exitCode, output.toString(), errors.toString().lines().toList());
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path unpack(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream resource =
                Entrepot.class.getResourceAsStream("/dev/entrepot/zoo/sample/digits/caffe/" + name)) {
            assertThat(resource).isNotNull();
            Files.copy(resource, copy);
        }
        return copy;
    }

    private static String layer(String name, String type, String bottom, String top, String... parameters) {
        return "layer { name: \"" + name + "\" type: \"" + type + "\" bottom: \"" + bottom + "\" top: \"" + top + "\" "
                + String.join(" ", parameters) + " }\n";
    }

    private record Outcome(int exitCode, String output, List<String> errors) {}
}
