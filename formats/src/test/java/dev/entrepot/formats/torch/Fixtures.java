package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.json.Json;
import dev.entrepot.formats.json.JsonLimits;
import dev.entrepot.formats.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The files that tools/torch-fixtures.py made, and what genuine PyTorch sees in them. */
final class Fixtures {

    private static final JsonValue EXPECTED = Json.read(file("expected.json"), JsonLimits.DEFAULT);

    private Fixtures() {}

    static ByteSource file(String name) {
        try (InputStream in = Objects.requireNonNull(Fixtures.class.getResourceAsStream(name), name)) {
            return ByteSource.of(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TorchFile read(String name) {
        return TorchFile.read(file(name));
    }

    /** The names of all files with expectations. */
    static List<String> names() {
        return EXPECTED.asMembers().keySet().stream()
                .filter(name -> !name.contains("#"))
                .toList();
    }

    /** {@code float32[2, 3] 0000803f...} for each tensor, by path. */
    static Map<String, String> expected(String name) {
        Map<String, String> tensors = new LinkedHashMap<>();
        EXPECTED.member(name).asMembers().forEach((path, tensor) -> {
            List<Long> shape = tensor.member("shape").asItems().stream()
                    .map(JsonValue::asLong)
                    .toList();
            tensors.put(
                    path,
                    tensor.member("dtype").asText() + shape + " "
                            + tensor.member("bytes").asText());
        });
        return tensors;
    }

    static Map<String, String> described(Map<String, TorchTensor> tensors) {
        Map<String, String> described = new LinkedHashMap<>();
        tensors.forEach((path, tensor) -> described.put(path, described(tensor)));
        return described;
    }

    static String described(TorchTensor tensor) {
        return tensor + " " + HexFormat.of().formatHex(tensor.tensor().toBytes().array());
    }
}
