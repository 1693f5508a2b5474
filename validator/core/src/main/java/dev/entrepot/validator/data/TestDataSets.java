package dev.entrepot.validator.data;

import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.io.TensorFile;
import dev.entrepot.onnx.io.TensorFile.NamedTensor;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders that ONNX's own tests use: {@code test_data_set_N/input_I.pb} and {@code output_I.pb}, numbered from 0 without gaps.
 *
 * <p>A tensor that carries a name is matched by it, another one by its number. Source: onnx/backend/test/runner/__init__.py.
 */
final class TestDataSets {

    private static final Pattern FOLDER = Pattern.compile("test_data_set_(\\d{1,9})");
    private static final Pattern FILE = Pattern.compile("(input|output)_(\\d{1,9})\\.pb");

    private TestDataSets() {}

    /** Reads all sets in the order of their numbers, or the folder itself where it is one; opened files are added to {@code files}. */
    static List<Reference> read(Path folder, List<FileSource> files) throws IOException {
        List<Path> folders = numbered(folder, FOLDER);
        if (folders.isEmpty() && !numbered(folder, FILE).isEmpty()) {
            folders = List.of(folder);
        }
        if (folders.isEmpty()) {
            throw malformed(folder, "has no folders test_data_set_0, test_data_set_1, ... in it");
        }
        List<Reference> sets = new ArrayList<>();
        for (Path set : folders) {
            sets.add(set(set, files));
        }
        return sets;
    }

    private static Reference set(Path folder, List<FileSource> files) throws IOException {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        Map<String, Integer> next = new LinkedHashMap<>();
        for (Path path : numbered(folder, FILE)) {
            Matcher matcher = FILE.matcher(path.getFileName().toString());
            if (!matcher.matches()) {
                continue;
            }
            String kind = matcher.group(1);
            int index = Integer.parseInt(matcher.group(2));
            int expected = next.merge(kind, 1, Integer::sum) - 1;
            if (index != expected) {
                throw malformed(folder, "has " + path.getFileName() + ", but no " + kind + "_" + expected + ".pb");
            }
            FileSource source = FileSource.open(path);
            files.add(source);
            NamedTensor named = TensorFile.read(source);
            String key = named.name().isEmpty() ? kind + "_" + index : named.name();
            if (arrays.put(key, named.tensor()) != null) {
                throw malformed(folder, "has two tensors called \"" + key + "\"");
            }
        }
        return Reference.of(folder.getFileName().toString(), arrays);
    }

    private static List<Path> numbered(Path folder, Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path ->
                            pattern.matcher(path.getFileName().toString()).matches())
                    .sorted(Comparator.comparingInt((Path path) -> number(path, pattern))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static int number(Path path, Pattern pattern) {
        Matcher matcher = pattern.matcher(path.getFileName().toString());
        return matcher.matches() ? Integer.parseInt(matcher.group(matcher.groupCount())) : -1;
    }

    private static ModelException malformed(Path folder, String why) {
        return ModelException.malformed(SourceLocation.file(String.valueOf(folder.getFileName())), "reference", why);
    }
}
