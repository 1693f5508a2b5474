package dev.entrepot.formats.caffe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers in a binary file mean to Caffe or one of its forks, which gave the same numbers to different fields.
 *
 * <p>The table is {@code fields.txt}, made by {@code tools/caffe-fields.py}. A fork knows its own fields, and Caffe's where it says
 * nothing else.
 */
final class Dialect {

    /** Caffe itself first, then its forks. */
    static final List<Dialect> ALL = load();

    /** Caffe itself. */
    static final Dialect BVLC = ALL.get(0);

    /** The fields whose numbers mean the same to every fork: a layer's name, type, bottoms, tops, blobs and rules, but no parameters. */
    static final Dialect SHARED = BVLC.withoutParameters();

    private final String name;
    private final String origin;
    private final @Nullable Dialect base;
    private final Map<String, Map<Integer, Field>> messages = new HashMap<>();
    private final Map<String, Map<Long, String>> enums = new HashMap<>();

    private Dialect(String name, String origin, @Nullable Dialect base) {
        this.name = name;
        this.origin = origin;
        this.base = base;
    }

    /**
     * A field of a message.
     *
     * @param number its number in binary files
     * @param type a scalar type, or the full name of a message or enum
     * @param repeated whether there may be several
     * @param name its name in text files
     */
    record Field(int number, String type, boolean repeated, String name) {}

    /** Whether Caffe or any fork has a field of this number that can be encoded so. */
    static boolean isKnown(String message, int number, int wireType) {
        return ALL.stream()
                .anyMatch(dialect -> dialect.field(message, number)
                        .filter(field -> BinaryDecoder.suits(dialect, field, wireType))
                        .isPresent());
    }

    /** A short name, such as {@code ssd}. */
    String name() {
        return name;
    }

    /** The project it was read from. */
    String origin() {
        return origin;
    }

    /** The field of this number. */
    Optional<Field> field(String message, int number) {
        @Nullable Field own = messages.getOrDefault(message, Map.of()).get(number);
        return own != null || base == null ? Optional.ofNullable(own) : base.field(message, number);
    }

    /** The field of this name. */
    Optional<Field> field(String message, String fieldName) {
        Optional<Field> own = messages.getOrDefault(message, Map.of()).values().stream()
                .filter(field -> field.name().equals(fieldName))
                .findFirst();
        return own.isPresent() || base == null ? own : base.field(message, fieldName);
    }

    boolean isMessage(String type) {
        return messages.containsKey(type) || base != null && base.isMessage(type);
    }

    boolean isEnum(String type) {
        return enums.containsKey(type) || base != null && base.isEnum(type);
    }

    /** The constant of this number. */
    Optional<String> constant(String type, long number) {
        return Optional.ofNullable(constants(type).get(number));
    }

    /** The number of this constant. */
    Optional<Long> number(String type, String constant) {
        return constants(type).entrySet().stream()
                .filter(entry -> entry.getValue().equals(constant))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Map<Long, String> constants(String type) {
        @Nullable Map<Long, String> own = enums.get(type);
        if (own != null) {
            return own;
        }
        return base == null ? Map.of() : base.constants(type);
    }

    @Override
    public String toString() {
        return name;
    }

    private Dialect withoutParameters() {
        var shared = new Dialect("shared", origin, null);
        shared.enums.putAll(enums);
        messages.forEach((type, fields) -> {
            var kept = new HashMap<>(fields);
            if (type.equals("LayerParameter") || type.equals("V1LayerParameter")) {
                kept.values()
                        .removeIf(field -> field.type().endsWith("Parameter")
                                && !field.name().equals("layer"));
            }
            shared.messages.put(type, kept);
        });
        return shared;
    }

    private static List<Dialect> load() {
        try (InputStream resource = Dialect.class.getResourceAsStream("fields.txt")) {
            if (resource == null) {
                throw new IllegalStateException("the resource fields.txt is missing");
            }
            return read(new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Dialect> read(BufferedReader lines) throws IOException {
        var dialects = new ArrayList<Dialect>();
        Map<Integer, Field> message = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> words = List.of(line.split(" "));
            switch (words.get(0)) {
                case "#" -> {}
                case "dialect" ->
                    dialects.add(new Dialect(words.get(1), words.get(2), dialects.isEmpty() ? null : dialects.get(0)));
                case "message" -> {
                    message = new HashMap<>();
                    last(dialects).messages.put(words.get(1), message);
                }
                case "enum" -> last(dialects).enums.put(words.get(1), constants(words.subList(2, words.size())));
                default -> {
                    Field field = field(words);
                    message.put(field.number(), field);
                }
            }
        }
        return List.copyOf(dialects);
    }

    private static Field field(List<String> words) {
        String type = words.get(1);
        boolean repeated = type.endsWith("*");
        String plain = repeated ? type.substring(0, type.length() - 1) : type;
        return new Field(Integer.parseInt(words.get(0)), plain, repeated, words.get(2));
    }

    private static Map<Long, String> constants(List<String> words) {
        var constants = new HashMap<Long, String>();
        for (String word : words) {
            int equals = word.indexOf('=');
            constants.put(Long.valueOf(word.substring(equals + 1)), word.substring(0, equals));
        }
        return constants;
    }

    private static Dialect last(List<Dialect> dialects) {
        return dialects.get(dialects.size() - 1);
    }
}
