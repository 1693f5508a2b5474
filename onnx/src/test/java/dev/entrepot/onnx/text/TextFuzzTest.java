package dev.entrepot.onnx.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.graph.Model;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Any text gives a model or a {@link ModelException}; what a model prints as, where the syntax can say it, prints the same again. Without
 * JAZZER_FUZZ=1 the inputs beside the test's resources are tried, and a thousand seeded mutations of a good text.
 */
class TextFuzzTest {

    private static final String GOOD = """
            <ir_version: 10, opset_import: ["" : 20, "d" : 1], metadata_props: ["a" : "b"]>
            net (float[N,3,?] x, seq(map(int64, string)) "s") => (float[] y) <float[2] w = {1, -2.5e3}, string[1] t = {"\\""}>
            {
                [n] a, "" = d.Op:over <i = 1, f: floats = [1, 2.5], t = int4[3] {1, -2, 3}, g: graph = b () => (z) { z = Abs (x) }> (x, , w)
                y = If (c) <then_branch = t () => (a) { a = Relu (x) }, else_branch = e () => (b) { b = Abs (x) }> # comment
            }
            <domain: "d", opset_import: ["" : 20]> f <p, q: int = 2> (float[2] v) => (u) { u = LeakyRelu <alpha: float = @p> (v) }
            """;

    @FuzzTest(maxDuration = "60s")
    void text(byte[] utf8) {
        parseAndPrint(new String(utf8, StandardCharsets.UTF_8));
    }

    @Test
    void a_thousand_seeded_mutations_are_parsed_or_refused() {
        for (int seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            StringBuilder mutated = new StringBuilder(GOOD);
            for (int i = 0; i <= seed % 4; i++) {
                mutated.setCharAt(random.nextInt(GOOD.length()), GOOD.charAt(random.nextInt(GOOD.length())));
            }
            try {
                parseAndPrint(mutated.toString());
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + mutated, e);
            }
        }
    }

    private static void parseAndPrint(String text) {
        Model model;
        try {
            model = OnnxText.parse(text);
        } catch (ModelException refused) {
            assertThat(refused.problems()).isNotEmpty();
            return;
        }
        String printed = OnnxText.print(model);
        assertThat(OnnxText.print(OnnxText.parse(printed))).isEqualTo(printed);
    }
}
