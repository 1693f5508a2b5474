package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeBlob.ShapeForm;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.ProtoScalar;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes nets as Caffe's files, of the newest form or an old one. Weights are copied while the file is written, so memory does not grow
 * with them.
 */
public final class CaffeWriter {

    private static final int LEGACY_RANK = 4;
    private static final int NET_LAYERS = 2;
    private static final int NET_LAYER = 100;
    private static final int V2_BLOBS = 7;
    private static final int V1_BLOBS = 6;
    private static final int V1_LAYER = 1;
    private static final int V0_BLOBS = 50;
    private static final int BLOB_DATA = 5;
    private static final int BLOB_SHAPE = 7;

    private CaffeWriter() {}

    /**
     * The definition, without weights, as a prototxt's content; {@code toString} prints it.
     *
     * @throws ModelException unsupported if the generation cannot say a layer
     */
    public static ProtoMessage definition(CaffeNet net, CaffeGeneration generation) {
        SourceLocation where = SourceLocation.file(net.files().get(0));
        var fields = new ArrayList<ProtoField>();
        fields.add(new ProtoField("name", ProtoScalar.string(net.name()), where));
        for (CaffeLayer layer : net.layers()) {
            if (generation != CaffeGeneration.V2 && layer.type().equals("Input")) {
                addInputs(layer, fields);
            } else {
                String field = generation == CaffeGeneration.V2 ? "layer" : "layers";
                fields.add(new ProtoField(field, inForm(layer, generation), layer.location()));
            }
        }
        return new ProtoMessage(where, fields);
    }

    /**
     * Writes a caffemodel. V0 and V1 state blob shapes as four numbers, V2 as a BlobShape.
     *
     * @throws ModelException unsupported if the generation cannot say a layer
     * @throws IOException if the disk fails
     */
    public static void write(CaffeNet net, CaffeGeneration generation, WritableByteChannel out) throws IOException {
        var file = new WireChunks();
        ProtoMessage head = definition(net, generation).without("layer", "layers");
        file.append(BinaryEncoder.encode("NetParameter", head));
        for (CaffeLayer layer : net.layers()) {
            boolean isOld = generation != CaffeGeneration.V2;
            if (!isOld || !layer.type().equals("Input")) {
                file.addMessage(isOld ? NET_LAYERS : NET_LAYER, encode(layer, generation));
            }
        }
        file.writeTo(out);
    }

    private static ProtoMessage inForm(CaffeLayer layer, CaffeGeneration generation) {
        return switch (generation) {
            case V0 -> OldForms.toV0(layer);
            case V1 -> OldForms.toV1(layer);
            case V2 -> layer.message();
        };
    }

    private static WireChunks encode(CaffeLayer layer, CaffeGeneration generation) {
        ProtoMessage form = inForm(layer, generation);
        return switch (generation) {
            case V2 -> BinaryEncoder.encode("LayerParameter", form, V2_BLOBS, blobs(layer, ShapeForm.BLOB_SHAPE));
            case V1 -> BinaryEncoder.encode("V1LayerParameter", form, V1_BLOBS, blobs(layer, ShapeForm.LEGACY));
            case V0 -> {
                WireChunks inner = BinaryEncoder.encode(
                        "V0LayerParameter", form.message("layer"), V0_BLOBS, blobs(layer, ShapeForm.LEGACY));
                yield BinaryEncoder.encode("V1LayerParameter", form.without("layer"), V1_LAYER, List.of(inner));
            }
        };
    }

    private static List<WireChunks> blobs(CaffeLayer layer, ShapeForm form) {
        return layer.blobs().stream().map(blob -> encode(blob, layer, form)).toList();
    }

    private static WireChunks encode(CaffeBlob blob, CaffeLayer layer, ShapeForm form) {
        var chunks = new WireChunks();
        long[] sizes = blob.shape().sizes();
        if (form == ShapeForm.LEGACY) {
            if (sizes.length > LEGACY_RANK) {
                throw ModelException.unsupported(
                        layer.location(),
                        layer.toString(),
                        "has a blob of the shape " + blob.shape() + "; old forms have four dimensions");
            }
            for (int i = 0; i < LEGACY_RANK; i++) {
                int from = i - (LEGACY_RANK - sizes.length);
                chunks.addVarint(i + 1, from < 0 ? 1 : sizes[from]);
            }
        }
        chunks.addData(BLOB_DATA, blob.tensor().data());
        if (form == ShapeForm.BLOB_SHAPE) {
            var shape = new WireChunks();
            shape.addPackedVarints(1, sizes);
            chunks.addMessage(BLOB_SHAPE, shape);
        }
        return chunks;
    }

    private static void addInputs(CaffeLayer layer, List<ProtoField> fields) {
        for (ProtoField top : layer.message().fields("top")) {
            fields.add(new ProtoField("input", top.value(), top.location()));
        }
        List<ProtoMessage> shapes = layer.param("input_param").messages("shape");
        boolean legacy = shapes.stream().allMatch(shape -> shape.fields("dim").size() == LEGACY_RANK);
        for (int i = 0; i < layer.tops().size() && !shapes.isEmpty(); i++) {
            ProtoMessage shape = shapes.get(Math.min(i, shapes.size() - 1));
            if (!legacy) {
                fields.add(new ProtoField("input_shape", shape, shape.location()));
                continue;
            }
            for (ProtoField dim : shape.fields("dim")) {
                fields.add(new ProtoField("input_dim", dim.value(), dim.location()));
            }
        }
    }
}
