package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeNet.Warning;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.ProtoScalar;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a net of any generation into the newest form, as Caffe does when it loads one.
 *
 * <p>Source: caffe upgrade_proto.cpp, UpgradeNetAsNeeded, UpgradeNetInput, UpgradeNetBatchNorm.
 */
final class NetUpgrade {

    private static final int LEGACY_RANK = 4;
    private static final int OLD_BATCH_NORM_PARAMS = 3;

    private NetUpgrade() {}

    /** The net with {@code layer}s only; legacy inputs become a first layer of type Input. */
    static ProtoMessage upgrade(ProtoMessage net, List<Warning> warnings) {
        ProtoMessage upgraded = net;
        if (V0Upgrade.isNeeded(upgraded)) {
            upgraded = V0Upgrade.upgrade(upgraded, warnings);
        }
        if (V1Upgrade.isNeeded(upgraded)) {
            upgraded = V1Upgrade.upgrade(upgraded);
        }
        return batchNorms(inputs(upgraded));
    }

    private static ProtoMessage inputs(ProtoMessage net) {
        if (!net.has("input")) {
            return net;
        }
        SourceLocation where = net.location("input");
        var layer = new ArrayList<ProtoField>();
        layer.add(new ProtoField("name", ProtoScalar.string("input"), where));
        layer.add(new ProtoField("type", ProtoScalar.string("Input"), where));
        for (ProtoField input : net.fields("input")) {
            layer.add(new ProtoField("top", input.value(), input.location()));
        }
        layer.add(new ProtoField("input_param", new ProtoMessage(where, shapes(net)), where));
        var fields = new ArrayList<ProtoField>();
        fields.add(new ProtoField("layer", new ProtoMessage(where, layer), where));
        fields.addAll(net.without("input", "input_shape", "input_dim").fields());
        return new ProtoMessage(net.location(), fields);
    }

    private static List<ProtoField> shapes(ProtoMessage net) {
        List<ProtoField> stated = net.fields("input_shape");
        if (!stated.isEmpty()) {
            requireCount(net, "input_shape", stated.size(), net.fields("input").size());
            return stated.stream()
                    .map(shape -> new ProtoField("shape", shape.value(), shape.location()))
                    .toList();
        }
        List<ProtoField> dims = net.fields("input_dim");
        if (!dims.isEmpty()) {
            requireCount(net, "input_dim", dims.size(), net.fields("input").size() * LEGACY_RANK);
        }
        List<ProtoField> shapes = new ArrayList<>();
        for (int first = 0; first < dims.size(); first += LEGACY_RANK) {
            SourceLocation where = dims.get(first).location();
            List<ProtoField> shape = dims.subList(first, first + LEGACY_RANK).stream()
                    .map(dim -> new ProtoField("dim", dim.value(), dim.location()))
                    .toList();
            shapes.add(new ProtoField("shape", new ProtoMessage(where, shape), where));
        }
        return shapes;
    }

    private static void requireCount(ProtoMessage net, String field, int found, int expected) {
        if (found != expected) {
            throw ModelException.malformed(
                    net.location(field),
                    field,
                    "is given " + found + " times, expected " + expected + " for "
                            + net.fields("input").size() + " inputs");
        }
    }

    /** Batch normalisation once let its three statistics be trained like weights; nothing may do that now. */
    private static ProtoMessage batchNorms(ProtoMessage net) {
        var fields = new ArrayList<ProtoField>();
        for (ProtoField field : net.fields()) {
            boolean isLayer = field.name().equals("layer");
            fields.add(isLayer ? new ProtoField("layer", batchNorm(layer(field)), field.location()) : field);
        }
        return new ProtoMessage(net.location(), fields);
    }

    private static ProtoMessage layer(ProtoField field) {
        if (field.value() instanceof ProtoMessage layer) {
            return layer;
        }
        throw ModelException.malformed(
                field.location(), "layer", "is " + field.value() + ", expected a message in braces");
    }

    private static ProtoMessage batchNorm(ProtoMessage layer) {
        List<ProtoField> params = layer.fields("param");
        if (params.size() != OLD_BATCH_NORM_PARAMS
                || !layer.stringOr("type", "").equals("BatchNorm")) {
            return layer;
        }
        ProtoMessage fixed = layer.without("param");
        for (ProtoMessage param : layer.messages("param")) {
            fixed = fixed.plus(
                    "param", param.with("lr_mult", ProtoScalar.number(0f)).with("decay_mult", ProtoScalar.number(0f)));
        }
        return fixed;
    }
}
