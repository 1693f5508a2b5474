package dev.entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs of {@code entrepot zoo}, one after the other on one zoo. */
class ZooCommandsTest {

    private static final String CARD = """
            {"title": "Digits", "task": "classification", "licence": "Apache-2.0", "tags": ["digits"],
             "preprocessing": [{"type": "resize", "parameters": {"size": 8}}, {"type": "bgr_to_gray"}]}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void unpack_the_digits() throws IOException {
        for (String file : List.of("deploy.prototxt", "digits.caffemodel", "reference.npz")) {
            try (InputStream resource =
                    ZooCommandsTest.class.getResourceAsStream("/dev/entrepot/zoo/sample/digits/caffe/" + file)) {
                Files.copy(Objects.requireNonNull(resource, file), folder.resolve(file));
            }
        }
        Files.writeString(folder.resolve("card.json"), CARD);
    }

    @Test
    void a_model_is_added_shown_named_exported_saved_and_removed() throws IOException {
        assertThat(zoo("add", "tests/digits", "--card", at("card.json"), "--alias", "stable", "--json"))
                .as(err.toString())
                .isZero();
        JsonNode added = json();
        assertThat(added.path("name").asText()).isEqualTo("tests/digits@1");
        assertThat(added.path("record").path("facts").path("opset").asInt()).isEqualTo(20);
        String digest = added.path("digest").asText();

        assertThat(zoo("list", "DIGITS", "--with", "framework=caffe", "-q")).isZero();
        assertThat(said()).isEqualTo("tests/digits@1");
        assertThat(zoo("list", "--with", "framework=keras", "--json")).isZero();
        assertThat(json().path("total").asInt()).isZero();

        assertThat(zoo("show", "tests/digits@stable", "--json")).isZero();
        JsonNode shown = json();
        assertThat(shown.path("digest").asText()).isEqualTo(digest);
        assertThat(shown.path("aliases")).extracting(JsonNode::asText).containsExactly("latest", "stable");
        assertThat(shown.path("validations").path(0).path("verdict").asText()).isEqualTo("pass");
        assertThat(shown.path("record").path("card").path("preprocessing")).hasSize(2);
        assertThat(zoo("show", "tests/digits")).isZero();
        assertThat(said()).startsWith("tests/digits@1: Digits").contains("validated", "test_data_set_0/input_0.pb");

        assertThat(zoo("export", "tests/digits@" + digest, "-o", at("out"))).isZero();
        assertThat(folder.resolve("out/test_data_set_0/output_0.pb")).exists();
        assertThat(run("validate", at("out/model.onnx"), "--reference", at("out")))
                .isZero();

        assertThat(zoo("reproduce", "tests/digits")).isZero();
        assertThat(zoo("backup", at("backup.zip"))).isZero();
        assertThat(run("zoo", "restore", at("backup.zip"), "--data", at("restored")))
                .isZero();
        assertThat(run("zoo", "verify", "--data", at("restored"))).isZero();
        assertThat(run("zoo", "restore", at("backup.zip"), "--data", at("restored")))
                .isEqualTo(ExitCode.TOOL_FAILED);

        assertThat(zoo("remove", "tests/digits@1")).isEqualTo(ExitCode.TOOL_FAILED);
        assertThat(err.toString()).contains("the aliases [stable] point to tests/digits@1");
        assertThat(zoo("alias", "tests/digits@stable", "--delete")).isZero();
        assertThat(zoo("remove", "tests/digits@1")).isZero();
        assertThat(zoo("show", "tests/digits@1")).isEqualTo(ExitCode.TOOL_FAILED);
        assertThat(err.toString()).contains("tests/digits@1 has been removed");
        assertThat(zoo("gc", "--json")).isZero();
        assertThat(json().path("deleted").asInt()).as("all of it is too young").isZero();
    }

    @Test
    void damage_makes_verify_fail() throws IOException {
        assertThat(zoo("add", "tests/digits")).as(err.toString()).isZero();
        assertThat(zoo("verify")).isZero();
        try (Stream<Path> files = Files.walk(folder.resolve("zoo/blobs/sha256"))) {
            Path blob = files.filter(Files::isRegularFile).findFirst().orElseThrow();
            Files.write(blob, new byte[] {0}, StandardOpenOption.APPEND);
        }

        assertThat(zoo("verify", "--json")).isEqualTo(ExitCode.VALIDATION_FAILED);
        assertThat(json().path("faults").path(0).asText()).contains("is damaged");
    }

    @Test
    void a_model_that_does_not_pass_is_not_published() throws IOException {
        Path prototxt = folder.resolve("deploy.prototxt");
        String net = Files.readString(prototxt);
        assertThat(net).contains("pool: MAX");
        Files.writeString(prototxt, net.replaceFirst("pool: MAX", "pool: AVE"));

        assertThat(zoo("add", "tests/digits", "--report", at("report.json"))).isEqualTo(ExitCode.VALIDATION_FAILED);

        assertThat(err.toString()).contains("tests/digits is not published");
        assertThat(folder.resolve("report.json")).content().contains("\"fail_conversion\"");
        assertThat(zoo("list", "-q")).isZero();
        assertThat(said()).isEmpty();
    }

    @Test
    void wrong_words_are_wrong_usage() {
        assertThat(zoo("list")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no zoo in");
        assertThat(zoo("add", "No Name")).isEqualTo(ExitCode.USAGE);
        assertThat(zoo("show", "tests/../etc")).isEqualTo(ExitCode.USAGE);
        assertThat(run("zoo")).isEqualTo(ExitCode.USAGE);
    }

    private int zoo(String verb, String... arguments) {
        List<String> all = new ArrayList<>(List.of("zoo", verb));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", at("zoo")));
        if (verb.equals("add")) {
            all.addAll(3, List.of(at("deploy.prototxt"), at("digits.caffemodel")));
            all.addAll(List.of("--reference", at("reference.npz")));
        }
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Entrepot.run(new PrintWriter(out), new PrintWriter(err, true), arguments);
    }

    private String said() {
        return out.toString().strip();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    private String at(String file) {
        return folder.resolve(file).toString();
    }
}
