package dev.entrepot.importers.torch.exported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.importers.ImportOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs with one word changed for another of the same program: they are lowered, or refused in words; never anything else. */
@Timeout(300)
class DamagedProgramsTest {

    private static final int ROUNDS = 60;
    private static final long SEED = 20_261_121;
    private static final Path FOLDER = Path.of("../../formats/src/test/resources/dev/entrepot/formats/torch/exported");
    private static final Pattern WORD = Pattern.compile("\"[^\"\\\\]*\"(?!:)|-?\\d+(\\.\\d+)?|true|false|null");
    private static final List<String> STRANGE = List.of(
            "-1", "0", "7", "9223372036854775807", "-9223372036854775808", "1e308", "true", "null", "[]", "{}", "\"\"");

    static List<Path> programs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".pt2"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void damaged_programs_are_lowered_or_refused(Path program) throws IOException {
        TorchFile file = TorchFile.read(ByteSource.of(program.getFileName().toString(), Files.readAllBytes(program)));
        Map.Entry<String, ByteSource> document =
                file.documents().entrySet().iterator().next();
        String text = new String(document.getValue().readAll(1 << 20), StandardCharsets.UTF_8);
        List<MatchResult> words = new ArrayList<>(WORD.matcher(text).results().toList());
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            MatchResult word = words.get(random.nextInt(words.size()));
            String other = random.nextInt(3) == 0
                    ? STRANGE.get(random.nextInt(STRANGE.size()))
                    : words.get(random.nextInt(words.size())).group();
            String damaged = text.substring(0, word.start()) + other + text.substring(word.end());
            try {
                assertThat(lower(file, document.getKey(), damaged)).isNotNull();
            } catch (ModelException e) {
                assertThat(e.problems()).isNotEmpty();
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail(program + ", seed " + SEED + ", round " + round + ": " + word.group() + " -> " + other, e);
            }
        }
    }

    private static Object lower(TorchFile file, String name, String document) {
        TorchFile damaged = new TorchFile(
                file.form(),
                file.name(),
                file.facts(),
                file.value(),
                file.tensors(),
                file.constants(),
                file.globals(),
                file.code(),
                Map.of(name, ByteSource.of("model.json", document.getBytes(StandardCharsets.UTF_8))),
                file.notes());
        return ExportedImporter.lower(damaged, ImportOptions.DEFAULT).model();
    }
}
