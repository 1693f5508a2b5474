package dev.entrepot.formats.torch.exported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.entrepot.bytes.ModelException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that contradict themselves, or come from elsewhere: refused with the place and the reason. */
class HostileProgramsTest {

    private static final int ROUNDS = 3000;
    private static final long SEED = 20_261_121;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'major': 8|'major': 9|is of schema version 9.20 (PyTorch 2.13",
                "'major': 8|'major': 4|is of schema version 4.20",
                "'schema_version': {'major': 8, 'minor': 20}|'schema_version': 2|is of schema version 2.0",
                "'schema_version'|'schema'|has no member 'schema_version'",
                "'outputs': [{'as_tensor': {'name': 'linear'}}]|'outputs': [{'as_tensor': {'name': 'lost'}}]|"
                        + "graph's output: uses 'lost', which nothing before it defines",
                "{'as_tensor': {'name': 'conv2d'}}], 'metadata'|{'as_tensor': {'name': 'image'}}], 'metadata'|"
                        + "node (torch.ops.aten.conv2d.default): defines 'image' again",
                "'arg': {'as_tensor': {'name': 'conv2d'}}|'arg': {'as_tensor': {'name': 'linear'}}|"
                        + "node (torch.ops.aten.batch_norm.default): uses 'linear', which nothing before it defines",
                "'input_specs': [{'parameter'|'input_specs': [{'user_input': {'arg': {'as_none': true}}}, {'parameter'|"
                        + "has 9 inputs, but its signature tells of 10",
                "'user_output'|'side_effect'|has the member 'side_effect', which schemas up to 8.20 do not know",
                "'kind': 1|'kind': 7|has no number 7",
                "'dtype': 7|'dtype': 77|number 77 is not known",
                "'sizes': [{'as_int': 4}|'sizes': [{'as_int': -4}|should be a whole number, not negative",
                "'nodes': [{|'nodes': [3, {|should be an object, is the number 3",
                "[1, {\\'type\\'|[2, {\\'type\\'|is of another version",
            })
    void contradictions_are_refused(String part, String replacement, String message) {
        String document = Programs.document("static.pt2");
        String changed = replaceFirst(document, quoted(part), quoted(replacement));

        assertThat(changed).isNotEqualTo(document);
        assertThatThrownBy(() -> Programs.readDocument(changed))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("model.json@")
                .hasMessageContaining(message.replace('\'', '"').replace("graph\"s", "graph's"));
    }

    @Test
    void members_of_later_schemas_are_passed_over() {
        String changed =
                replaceFirst(Programs.document("static.pt2"), "\"target\"", "\"speed\": {\"as_light\": 1}, \"target\"");

        assertThat(Programs.readDocument(changed).graphModule().graph().nodes()).hasSize(6);
    }

    @Test
    void all_names_that_nothing_defines_are_told_at_once() {
        String changed = Programs.document("static.pt2")
                .replace("\"name\": \"image\"}}, \"kind\"", "\"name\": \"picture\"}}, \"kind\"")
                .replace("\"name\": \"max_pool2d\"}}, \"kind\"", "\"name\": \"pool\"}}, \"kind\"");

        assertThatThrownBy(() -> Programs.readDocument(changed))
                .hasMessageContaining("\"picture\"")
                .hasMessageContaining("\"pool\"");
    }

    @Test
    void graphs_nested_too_deep_are_refused() {
        String opening = "{\"as_graph\": {\"name\": \"g\", \"graph\": {\"inputs\": [";
        String changed =
                replaceFirst(Programs.document("static.pt2"), "\"inputs\": [", "\"inputs\": [" + opening.repeat(200));

        assertThatThrownBy(() -> Programs.readDocument(changed))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("limit depth");
    }

    @Test
    void damaged_documents_are_read_or_refused() {
        Random random = new Random(SEED);
        for (String name : Programs.names()) {
            char[] sound = Programs.document(name).toCharArray();
            for (int round = 0; round < ROUNDS / 10; round++) {
                char[] damaged = sound.clone();
                int at = random.nextInt(damaged.length);
                damaged[at] = "0123456789{}[]\",: truefalsnx-".charAt(random.nextInt(29));
                try {
                    Programs.readDocument(new String(damaged)).graphModule().callSignature();
                } catch (ModelException e) {
                    assertThat(e.problems()).isNotEmpty();
                } catch (RuntimeException | StackOverflowError e) {
                    fail(name + ", seed " + SEED + ", round " + round + ", at " + at, e);
                }
            }
        }
    }

    private static String quoted(String text) {
        return text.replace("\\'", "\\\"").replace('\'', '"');
    }

    private static String replaceFirst(String text, String part, String replacement) {
        int at = text.indexOf(part);
        return at < 0 ? text : text.substring(0, at) + replacement + text.substring(at + part.length());
    }
}
