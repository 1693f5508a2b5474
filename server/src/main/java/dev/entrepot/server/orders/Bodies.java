package dev.entrepot.server.orders;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.entrepot.server.web.FieldFaults;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import java.io.IOException;
import java.util.Collection;

/** Reads the JSON of requests: unknown fields, fields told twice and values of another type are refused. */
final class Bodies {

    /** A body names files and holds none. */
    static final int LONGEST = 1 << 20;

    private static final JsonMapper MAPPER = mapper();

    private Bodies() {}

    /**
     * Reads a body.
     *
     * @throws ProblemException with the field, if it is not of this form
     */
    static <T> T read(byte[] body, Class<T> form) {
        if (body.length > LONGEST) {
            throw new ProblemException(
                    Kind.TOO_LARGE, "the body has " + body.length + " bytes, an order has at most " + LONGEST);
        }
        try {
            T value = MAPPER.readValue(body, form);
            if (value == null) {
                throw FieldFaults.of("", "the body must be an object of JSON, found null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw refused(e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        }
    }

    private static ProblemException refused(JsonProcessingException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            Collection<Object> known = unknown.getKnownPropertyIds();
            return FieldFaults.of(
                    place(unknown),
                    "there is no such field"
                            + (known == null
                                    ? ""
                                    : ", there are "
                                            + known.stream()
                                                    .map(String::valueOf)
                                                    .sorted()
                                                    .toList()));
        }
        if (failure instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return FieldFaults.of(
                    place(refused), String.valueOf(refused.getCause().getMessage()));
        }
        if (failure instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            return FieldFaults.of(place(mismatch), "expected " + word(mismatch.getTargetType()));
        }
        if (failure instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            return FieldFaults.of(place(mapping), mapping.getOriginalMessage());
        }
        String where = failure instanceof JsonParseException && failure.getLocation() != null
                ? " at line " + failure.getLocation().getLineNr() + ", column "
                        + failure.getLocation().getColumnNr()
                : "";
        return FieldFaults.of("", "the body is not the JSON object that is expected" + where);
    }

    private static String place(JsonMappingException failure) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return place.toString();
    }

    private static String word(@org.jspecify.annotations.Nullable Class<?> type) {
        if (type == String.class) {
            return "a text";
        } else if (type == Boolean.class) {
            return "true or false";
        } else if (type == Long.class) {
            return "a whole number";
        }
        return type != null && Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static JsonMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        for (CoercionInputShape shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            builder.withCoercionConfig(
                    LogicalType.Textual, coercion -> coercion.setCoercion(shape, CoercionAction.Fail));
        }
        return builder.build();
    }
}
