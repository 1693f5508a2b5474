package dev.entrepot.onnx.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.onnx.check.Checker;
import dev.entrepot.onnx.graph.Model;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Any bytes give a model or a {@link ModelException}; a model can be checked, written, and read again as the same. Without JAZZER_FUZZ=1
 * the inputs beside the test's resources are tried, and a thousand seeded mutations of good files.
 */
class OnnxFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void model(byte[] bytes) {
        readAndWrite(bytes);
    }

    @Test
    void a_thousand_seeded_mutations_are_read_or_refused() {
        for (String fixture : new String[] {"canonical.onnx", "tensor_forms.onnx"}) {
            byte[] whole = Fixture.bytes(fixture);
            for (int seed = 0; seed < 1000; seed++) {
                byte[] mutated = whole.clone();
                Random random = new Random(seed);
                for (int i = 0; i <= seed % 4; i++) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
                }
                try {
                    readAndWrite(mutated);
                } catch (RuntimeException | Error e) {
                    throw new AssertionError(fixture + ", seed " + seed, e);
                }
            }
        }
    }

    private static void readAndWrite(byte[] bytes) {
        Model model;
        try {
            model = OnnxReader.read(ByteSource.of("fuzz", bytes));
        } catch (ModelException refused) {
            assertThat(refused.problems()).isNotEmpty();
            return;
        }
        byte[] written = OnnxWriter.toBytes(model);
        assertThat(OnnxWriter.toBytes(OnnxReader.read(ByteSource.of("written", written))))
                .isEqualTo(written);
        assertThat(Checker.check("fuzz", model)).doesNotContainNull();
    }
}
