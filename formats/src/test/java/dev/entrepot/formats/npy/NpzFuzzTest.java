package dev.entrepot.formats.npy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;

/** Whatever the bytes, an array is read or refused in words. */
class NpzFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void any_npy_is_read_or_refused(byte[] bytes) throws IOException {
        try {
            drain(Npy.read(ByteSource.of("fuzz.npy", bytes)));
        } catch (ModelException e) {
            e.problems();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void any_npz_is_read_or_refused(byte[] bytes) throws IOException {
        try {
            for (Tensor tensor : Npz.read(ByteSource.of("fuzz.npz", bytes)).values()) {
                drain(tensor);
            }
        } catch (ModelException e) {
            e.problems();
        }
    }

    private static void drain(Tensor tensor) throws IOException {
        tensor.data().writeTo(Channels.newChannel(OutputStream.nullOutputStream()));
    }
}
