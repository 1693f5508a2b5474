package dev.entrepot.server.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer as it goes out.
 *
 * @param body the JSON object, and after it the binary tensors
 * @param headerLength the length of the JSON object
 * @param binary whether there is binary data
 */
@SuppressWarnings("ArrayRecordComponent") // it is written once and never compared
record InferAnswer(byte[] body, int headerLength, boolean binary) {

    private static final JsonFactory JSON = new JsonFactory();

    /**
     * An output that goes out.
     *
     * @param binary whether as binary data
     */
    record Output(String name, Tensor tensor, boolean binary) {}

    static InferAnswer of(String model, String version, String id, List<Output> outputs) {
        var body = new ByteArrayOutputStream(
                256 + outputs.stream().mapToInt(InferAnswer::size).sum());
        try {
            List<byte[]> strings = new ArrayList<>();
            try (JsonGenerator json = JSON.createGenerator(body)) {
                json.writeStartObject();
                json.writeStringField("model_name", model);
                json.writeStringField("model_version", version);
                if (!id.isEmpty()) {
                    json.writeStringField("id", id);
                }
                json.writeArrayFieldStart("outputs");
                for (Output output : outputs) {
                    strings.add(describe(json, output));
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            int headerLength = body.size();
            for (int i = 0; i < outputs.size(); i++) {
                Output output = outputs.get(i);
                if (output.binary() && output.tensor().data() instanceof StringData) {
                    body.write(strings.get(i));
                } else if (output.binary()) {
                    output.tensor().data().writeTo(Channels.newChannel(body));
                }
            }
            return new InferAnswer(
                    body.toByteArray(), headerLength, outputs.stream().anyMatch(Output::binary));
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    /** Writes the description of an output, and gives the bytes of a binary tensor of strings. */
    private static byte[] describe(JsonGenerator json, Output output) throws IOException {
        Tensor tensor = output.tensor();
        byte[] strings = output.binary() && tensor.data() instanceof StringData data
                ? ByteElements.write(data.values().stream()
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList())
                : new byte[0];
        json.writeStartObject();
        json.writeStringField("name", output.name());
        json.writeStringField("datatype", Datatype.nameOf(tensor.type()));
        json.writeArrayFieldStart("shape");
        for (long size : tensor.shape().sizes()) {
            json.writeNumber(size);
        }
        json.writeEndArray();
        if (output.binary()) {
            json.writeObjectFieldStart("parameters");
            boolean isText = tensor.data() instanceof StringData;
            json.writeNumberField(
                    "binary_data_size", isText ? strings.length : tensor.data().byteLength());
            json.writeEndObject();
        } else {
            json.writeFieldName("data");
            JsonTensors.write(json, tensor);
        }
        json.writeEndObject();
        return strings;
    }

    private static int size(Output output) {
        return 128 + (output.binary() ? (int) Math.min(output.tensor().data().byteLength(), 1 << 28) : 0);
    }
}
