package dev.entrepot.formats.torch;

import static org.assertj.core.api.Assertions.fail;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thousand damaged files of each form: each is read, or refused in words; never anything else. */
class MutationTest {

    private static final int ROUNDS = 1000;
    private static final long SEED = 20_261_121;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genuine.tar", "strided.legacy.pth", "module.legacy.pth", "strided.pth", "quantized.pth", "odd.pth",
                        "module.pth",
                "script.pt", "frozen.pt", "lite.ptl", "exported.pt2", "exported_2_6.pt2", "package.pt",
                        "dtypes.safetensors",
                "../pickle/protocol0.pkl", "../pickle/protocol2.pkl", "../pickle/protocol5.pkl"
            })
    void damaged_files_are_read_or_refused(String name) throws IOException {
        byte[] sound = Fixtures.file(name).readAll(1 << 20);
        boolean zip = sound[0] == 'P' && sound[1] == 'K';
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = zip && round % 2 == 0 ? Rezip.damaged(sound, random) : damage(sound.clone(), random);
            try {
                drain(damaged);
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail(name + ", seed " + SEED + ", round " + round, e);
            }
        }
    }

    static byte[] damage(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        switch (random.nextInt(4)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            case 2 -> {
                return Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int to = random.nextInt(bytes.length);
                int length = Math.min(1 + random.nextInt(8), bytes.length - Math.max(from, to));
                System.arraycopy(bytes, from, bytes, to, length);
            }
        }
        return bytes;
    }

    static void drain(byte[] bytes) throws IOException {
        try {
            TorchFile file = TorchFile.read(ByteSource.of("damaged", bytes));
            for (TorchTensor tensor : file.tensors().values()) {
                tensor.tensor().data().writeTo(Channels.newChannel(OutputStream.nullOutputStream()));
            }
            file.code().forEach(CodeFile::text);
            StateDict.of(file, StateDict.Options.NONE);
        } catch (ModelException e) {
            e.problems();
        }
    }
}
