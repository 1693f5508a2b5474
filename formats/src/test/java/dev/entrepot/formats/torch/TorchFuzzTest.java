package dev.entrepot.formats.torch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.json.Json;
import dev.entrepot.formats.json.JsonLimits;
import dev.entrepot.formats.pickle.Pickle;
import java.io.IOException;

/** Whatever the bytes, a file is read or refused in words. */
class TorchFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void any_file_is_read_or_refused(byte[] bytes) throws IOException {
        MutationTest.drain(bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void any_pickle_is_read_or_refused(byte[] bytes) {
        try {
            Pickle.read(ByteSource.of("fuzz.pkl", bytes));
        } catch (ModelException e) {
            e.problems();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void any_json_is_read_or_refused(byte[] bytes) {
        try {
            Json.read(ByteSource.of("fuzz.json", bytes), JsonLimits.DEFAULT);
        } catch (ModelException e) {
            e.problems();
        }
    }
}
