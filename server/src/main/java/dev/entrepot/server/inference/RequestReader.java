package dev.entrepot.server.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.entrepot.bytes.ByteSource;
import dev.entrepot.server.inference.InferRequest.Bytes;
import dev.entrepot.server.inference.InferRequest.Input;
import dev.entrepot.server.inference.InferRequest.Numbers;
import dev.entrepot.server.inference.InferRequest.Output;
import dev.entrepot.server.web.Kind;
import dev.entrepot.server.web.ProblemException;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a request: a JSON object, and after it the binary tensors in the order of their inputs.
 *
 * <p>Names in JSON come in any order, and elements cannot be read before their type and shape are known. So data is passed over first, and read
 * from the same place again when its input is complete; nothing is allocated for elements that the body cannot hold.
 */
final class RequestReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(64 << 20)
                    .build())
            .build();

    private final byte[] body;
    private final int headerLength;
    private int binary;

    private String id = "";
    private boolean binaryByDefault;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();

    private RequestReader(byte[] body, int headerLength) {
        this.body = body;
        this.headerLength = headerLength;
        this.binary = headerLength;
    }

    /**
     * Reads a request.
     *
     * @param headerLength the length of the JSON object at the body's start
     * @throws ProblemException if it is not one
     */
    static InferRequest read(byte[] body, long headerLength) {
        if (headerLength < 0 || headerLength > body.length) {
            throw bad(
                    "Inference-Header-Content-Length is " + headerLength + ", the body has " + body.length + " bytes");
        }
        try {
            return new RequestReader(body, (int) headerLength).read();
        } catch (JsonProcessingException e) {
            throw bad("the request is no sound JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new IllegalStateException("arrays do not fail", e);
        }
    }

    private InferRequest read() throws IOException {
        try (JsonParser json = JSON.createParser(body, 0, headerLength)) {
            require(json.nextToken(), JsonToken.START_OBJECT, "a request");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "id" -> id = text(json, "id");
                    case "parameters" ->
                        binaryByDefault = Boolean.TRUE.equals(parameters(json).get("binary_data_output"));
                    case "inputs" -> list(json, "inputs", this::input);
                    case "outputs" -> list(json, "outputs", this::output);
                    default -> json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw bad("the request's JSON goes on after its object");
            }
        }
        if (binary != body.length) {
            throw bad("the inputs take " + (binary - headerLength) + " bytes of binary data, the body holds "
                    + (body.length - headerLength));
        }
        return new InferRequest(id, inputs, outputs, binaryByDefault);
    }

    private interface Item {
        void read(JsonParser json) throws IOException;
    }

    private static void list(JsonParser json, String what, Item item) throws IOException {
        require(json.currentToken(), JsonToken.START_ARRAY, "\"" + what + "\"");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken(), JsonToken.START_OBJECT, "an entry of \"" + what + "\"");
            item.read(json);
        }
    }

    private void input(JsonParser json) throws IOException {
        String name = "";
        String datatype = "";
        List<Long> shape = null;
        long data = -1;
        Map<String, Object> parameters = Map.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = text(json, "name");
                case "datatype" -> datatype = text(json, "datatype");
                case "shape" -> shape = shape(json);
                case "parameters" -> parameters = parameters(json);
                case "data" -> {
                    data = json.currentTokenLocation().getByteOffset();
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }
        if (name.isEmpty() || datatype.isEmpty() || shape == null) {
            throw bad("input \"" + name + "\" needs a name, a datatype and a shape");
        }
        Object size = parameters.get("binary_data_size");
        if (size == null && data < 0) {
            throw bad("input \"" + name + "\" has neither data nor binary_data_size");
        }
        Datatype type = Datatype.parse(datatype);
        inputs.add(size == null ? inJson(name, type, shape, data) : inBinary(name, type, shape, size));
    }

    private Input inJson(String name, Datatype type, List<Long> shape, long offset) throws IOException {
        long count = count(name, shape);
        if (count > headerLength) {
            throw bad("input \"" + name + "\" has fewer elements than the " + count + " that its shape asks for");
        }
        try (JsonParser json = JSON.createParser(body, (int) offset, headerLength - (int) offset)) {
            json.nextToken();
            return type == Datatype.BYTES
                    ? new Bytes(name, shape, JsonTensors.strings(json, name, count))
                    : new Numbers(
                            name, tensor(type, shape, TensorData.of(JsonTensors.numbers(json, name, type, count))));
        }
    }

    private Input inBinary(String name, Datatype type, List<Long> shape, Object given) {
        long count = count(name, shape);
        long size = given instanceof Long length ? length : -1;
        if (size < 0 || size > body.length - binary) {
            throw bad("input \"" + name + "\": binary_data_size is " + given + ", " + (body.length - binary)
                    + " bytes are left of the body");
        }
        int from = binary;
        binary += (int) size;
        if (type == Datatype.BYTES) {
            return new Bytes(name, shape, ByteElements.read(name, ByteBuffer.wrap(body, from, (int) size), count));
        }
        if (count > size || count * type.size() != size) {
            throw bad("input \"" + name + "\": " + type + " of shape " + shape + " does not take " + size + " bytes");
        }
        ByteSource bytes = ByteSource.of("body", body).slice(from, size);
        return new Numbers(name, tensor(type, shape, TensorData.of(bytes)));
    }

    private void output(JsonParser json) throws IOException {
        String name = "";
        Map<String, Object> parameters = Map.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "name" -> name = text(json, "name");
                case "parameters" -> parameters = parameters(json);
                default -> json.skipChildren();
            }
        }
        Object classes = parameters.getOrDefault("classification", 0L);
        if (!(classes instanceof Long count) || count < 0 || count > 1_000_000) {
            throw bad("output \"" + name + "\": classification is " + classes + ", a count is expected");
        }
        Optional<Boolean> asBinary =
                parameters.get("binary_data") instanceof Boolean wish ? Optional.of(wish) : Optional.empty();
        outputs.add(new Output(name, asBinary, count.intValue()));
    }

    private static Map<String, Object> parameters(JsonParser json) throws IOException {
        require(json.currentToken(), JsonToken.START_OBJECT, "\"parameters\"");
        Map<String, Object> parameters = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            switch (json.nextToken()) {
                case VALUE_NUMBER_INT -> parameters.put(key, json.getLongValue());
                case VALUE_NUMBER_FLOAT -> parameters.put(key, json.getDoubleValue());
                case VALUE_TRUE -> parameters.put(key, true);
                case VALUE_FALSE -> parameters.put(key, false);
                case VALUE_STRING -> parameters.put(key, json.getText());
                default -> throw bad("parameter \"" + key + "\" is no string, number or boolean");
            }
        }
        return parameters;
    }

    private static List<Long> shape(JsonParser json) throws IOException {
        require(json.currentToken(), JsonToken.START_ARRAY, "\"shape\"");
        List<Long> shape = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a dimension");
            if (shape.size() == 16 || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw bad("a shape has up to 16 dimensions of 63 bits");
            }
            shape.add(json.getLongValue());
        }
        return shape;
    }

    private static long count(String name, List<Long> shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw bad("input \"" + name + "\": " + size + " is no dimension");
            }
            try {
                count = Math.multiplyExact(count, size);
            } catch (ArithmeticException e) {
                throw bad("input \"" + name + "\": shape " + shape + " has too many elements");
            }
        }
        return count;
    }

    private static Tensor tensor(Datatype type, List<Long> shape, TensorData data) {
        return new Tensor(
                type.onnx(), Shape.of(shape.stream().mapToLong(Long::longValue).toArray()), data);
    }

    private static String text(JsonParser json, String what) throws IOException {
        require(json.currentToken(), JsonToken.VALUE_STRING, "\"" + what + "\"");
        return json.getText();
    }

    private static void require(JsonToken found, JsonToken expected, String what) {
        if (found != expected) {
            throw bad(what + ": expected " + expected + ", found " + found);
        }
    }

    private static ProblemException bad(String detail) {
        return new ProblemException(Kind.BAD_REQUEST, detail);
    }
}
