package dev.entrepot.onnx.io;

import dev.entrepot.onnx.io.ProtoFields.TensorProto;
import dev.entrepot.tensor.StringData;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;

/** Turns tensors into the fields of {@code TensorProto}: numbers always as raw_data, here or in external data. */
final class TensorEncoder {

    private static final int EXTERNAL = 1;

    private final ExternalLayout external;

    TensorEncoder(ExternalLayout external) {
        this.external = external;
    }

    /** An initializer, which may lie in external data. */
    void initializer(FieldSink sink, String name, Tensor tensor) throws IOException {
        ExternalLayout.Place place = external.place(tensor);
        if (place == null) {
            inline(sink, name, tensor);
            return;
        }
        head(sink, tensor);
        sink.text(TensorProto.NAME, name);
        sink.entry(TensorProto.EXTERNAL_DATA, "location", external.location());
        sink.entry(TensorProto.EXTERNAL_DATA, "offset", Long.toString(place.offset()));
        sink.entry(TensorProto.EXTERNAL_DATA, "length", Long.toString(place.length()));
        sink.int64(TensorProto.DATA_LOCATION, EXTERNAL);
    }

    /** An attribute's tensor, which never lies in external data. */
    void unnamed(FieldSink sink, Tensor tensor) throws IOException {
        inline(sink, "", tensor);
    }

    private static void inline(FieldSink sink, String name, Tensor tensor) throws IOException {
        head(sink, tensor);
        if (tensor.data() instanceof StringData strings) {
            sink.texts(TensorProto.STRING_DATA, strings.values());
        }
        sink.optionalText(TensorProto.NAME, name);
        if (!(tensor.data() instanceof StringData)) {
            sink.data(TensorProto.RAW_DATA, tensor.data());
        }
    }

    private static void head(FieldSink sink, Tensor tensor) throws IOException {
        for (long size : tensor.shape().sizes()) {
            sink.int64(TensorProto.DIMS, size);
        }
        sink.int64(TensorProto.DATA_TYPE, tensor.type().code());
    }
}
