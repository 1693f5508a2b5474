package dev.entrepot.formats.torch.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.entrepot.bytes.ModelException;
import java.nio.charset.StandardCharsets;

/** Whatever stands in a file of code, it is parsed or refused with its line. */
class ScriptFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void any_code_is_parsed_or_refused(byte[] utf8) {
        try {
            SourceUnit.parse("code/net.py", new String(utf8, StandardCharsets.UTF_8));
        } catch (ModelException refused) {
            assertThat(refused).hasMessageStartingWith("code/net.py:");
        }
    }
}
