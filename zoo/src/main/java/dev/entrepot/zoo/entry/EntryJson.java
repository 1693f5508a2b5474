package dev.entrepot.zoo.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.entrepot.zoo.store.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Function;

/**
 * The JSON of entries: names in snake_case, digests as {@code sha256:...}, models' names as {@code namespace/name}, times in ISO 8601, roles in
 * small letters, maps sorted. The same value gives the same bytes.
 */
public final class EntryJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(words())
            .build();

    private EntryJson() {}

    /** A value in one line. */
    public static String toText(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value has no JSON form", e);
        }
    }

    /** A value in UTF-8, indented by two spaces, with lines that end in {@code \n}. */
    public static byte[] toBytes(Object value) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try {
            return (MAPPER.writer(printer).writeValueAsString(value) + "\n").getBytes(UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value has no JSON form", e);
        }
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException with the place, if the text is not the JSON of such a value
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    /** As {@link #read(byte[], Class)}. */
    public static <T> T read(String json, Class<T> type) {
        return read(json.getBytes(UTF_8), type);
    }

    /** JSON of any form; see {@link #read(byte[], Class)}. */
    public static JsonNode tree(byte[] json) {
        return read(json, JsonNode.class);
    }

    private static SimpleModule words() {
        return new SimpleModule()
                .addSerializer(Digest.class, new ToStringSerializer(Digest.class))
                .addDeserializer(Digest.class, new Word<>(Digest.class, Digest::parse))
                .addSerializer(ModelName.class, new ToStringSerializer(ModelName.class))
                .addDeserializer(ModelName.class, new Word<>(ModelName.class, ModelName::parse))
                .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                .addDeserializer(Instant.class, new Word<>(Instant.class, Instant::parse));
    }

    /** A value that is one word. */
    private static final class Word<T> extends FromStringDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        Word(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parse.apply(text);
        }
    }
}
