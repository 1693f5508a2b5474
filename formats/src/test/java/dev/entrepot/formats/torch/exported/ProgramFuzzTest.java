package dev.entrepot.formats.torch.exported;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.TorchFile;
import java.nio.charset.StandardCharsets;

/** Whatever the bytes of a .pt2 file or of the document in it, it is read or refused in words. */
class ProgramFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void any_program_is_read_or_refused(byte[] bytes) {
        try {
            ExportedProgram.read(TorchFile.read(ByteSource.of("net.pt2", bytes)));
        } catch (ModelException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void any_document_is_read_or_refused(byte[] utf8) {
        try {
            Programs.readDocument(new String(utf8, StandardCharsets.UTF_8));
        } catch (ModelException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }
}
