package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.ProtoScalar;
import dev.entrepot.formats.prototxt.ProtoValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Says a layer of the newest form in an old one, as far as that form could: the reverse of Caffe's upgrades.
 *
 * <p>Source: caffe upgrade_proto.cpp, read backwards.
 */
final class OldForms {

    private OldForms() {}

    /**
     * A layer as V1LayerParameter.
     *
     * @throws ModelException unsupported if the form has no such type or parameter
     */
    static ProtoMessage toV1(CaffeLayer layer) {
        var fields = new ArrayList<ProtoField>();
        for (ProtoField field : layer.message().fields()) {
            switch (field.name()) {
                case "type" -> fields.add(new ProtoField("type", v1Type(layer), field.location()));
                case "param", "phase" -> {}
                default -> {
                    require(layer, field, "V1LayerParameter");
                    fields.add(field);
                }
            }
        }
        List<ProtoMessage> specs = layer.message().messages("param");
        gather(specs, "name", "param", ProtoScalar.string(""), fields);
        gather(specs, "share_mode", "blob_share_mode", ProtoScalar.identifier("STRICT"), fields);
        gather(specs, "lr_mult", "blobs_lr", ProtoScalar.number(1f), fields);
        gather(specs, "decay_mult", "weight_decay", ProtoScalar.number(1f), fields);
        return new ProtoMessage(layer.location(), fields);
    }

    /**
     * A layer as V1LayerParameter with a V0LayerParameter in it.
     *
     * @throws ModelException unsupported if the form has no such type or parameter
     */
    static ProtoMessage toV0(CaffeLayer layer) {
        ProtoMessage v1 = toV1(layer);
        String type = V0Upgrade.oldType(v1.textOr("type", ""))
                .orElseThrow(() -> unsupported(layer, "is of a type that Caffe's oldest form does not have"));
        var outer = new ArrayList<ProtoField>();
        var inner = new ArrayList<ProtoField>();
        for (ProtoField field : v1.fields()) {
            switch (field.name()) {
                case "bottom", "top" -> outer.add(field);
                case "type" -> inner.add(new ProtoField("type", ProtoScalar.string(type), field.location()));
                case "name", "blobs_lr", "weight_decay", "hdf5_output_param" -> inner.add(field);
                default -> inner.addAll(v0Fields(layer, field, type));
            }
        }
        outer.add(new ProtoField("layer", new ProtoMessage(layer.location(), inner), layer.location()));
        return new ProtoMessage(layer.location(), outer);
    }

    private static List<ProtoField> v0Fields(CaffeLayer layer, ProtoField param, String type) {
        if (!(param.value() instanceof ProtoMessage message)) {
            throw unsupported(layer, "has a " + param.name() + ", which Caffe's oldest form cannot say");
        }
        List<ProtoField> fields = new ArrayList<>();
        for (ProtoField field : message.fields()) {
            String path = param.name() + "." + field.name();
            String old = V0Upgrade.oldField(path, type)
                    .orElseThrow(() -> unsupported(layer, "has a " + path + ", which Caffe's oldest form cannot say"));
            fields.add(new ProtoField(old, field.value(), field.location()));
        }
        return fields;
    }

    private static ProtoScalar v1Type(CaffeLayer layer) {
        return V1Upgrade.oldType(layer.type())
                .map(ProtoScalar::identifier)
                .orElseThrow(() -> unsupported(layer, "is of a type that Caffe's second form does not have"));
    }

    private static void require(CaffeLayer layer, ProtoField field, String message) {
        if (Dialect.BVLC.field(message, field.name()).isEmpty()) {
            throw unsupported(layer, "has a " + field.name() + ", which a " + message + " cannot say");
        }
    }

    private static void gather(
            List<ProtoMessage> specs, String from, String to, ProtoValue byDefault, List<ProtoField> fields) {
        if (specs.stream().noneMatch(spec -> spec.has(from))) {
            return;
        }
        for (ProtoMessage spec : specs) {
            ProtoValue value = spec.has(from) ? spec.fields(from).get(0).value() : byDefault;
            fields.add(new ProtoField(to, value, spec.location(from)));
        }
    }

    private static ModelException unsupported(CaffeLayer layer, String why) {
        return ModelException.unsupported(layer.location(), layer.toString(), why);
    }
}
