package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeNet.Warning;
import dev.entrepot.formats.hdf5.Hdf5Signature;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.PrototxtReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads nets from a prototxt, a caffemodel, or both.
 *
 * <p>Weights are put to layers as Caffe does it: by name, where names that the definition does not have are left out.
 *
 * <p>Source: caffe net.cpp, FilterNet and CopyTrainedLayersFrom.
 */
public final class CaffeNets {

    private CaffeNets() {}

    /**
     * Reads a definition without weights.
     *
     * @param state which layers are there
     * @throws ModelException malformed or limit exceeded
     */
    public static CaffeNet readPrototxt(ByteSource prototxt, NetState state) {
        return NetAssembly.of(prototxt.name(), definition(prototxt), state).net();
    }

    /**
     * Reads a trained net of which there is no definition but its own. Its layers are those it was trained with, so their parameters are
     * known only as far as their numbers are known to Caffe or a fork, and its data layer may be missing.
     */
    public static CaffeNet readCaffemodel(ByteSource caffemodel, NetState state) {
        if (Hdf5Signature.isAtStartOf(caffemodel)) {
            throw ModelException.malformed(
                    SourceLocation.file(caffemodel.name()),
                    "caffemodel.h5",
                    "holds weights without a definition; give the prototxt too");
        }
        var warnings = new ArrayList<Warning>();
        ProtoMessage named = ForkFields.decode(CaffemodelReader.read(caffemodel), warnings);
        NetAssembly assembly = NetAssembly.of(caffemodel.name(), withoutPhases(named), state);
        return assembly.withWarnings(warnings).net();
    }

    /** Reads a definition and puts the weights of a caffemodel, binary or HDF5, to its layers. */
    public static CaffeNet read(ByteSource prototxt, ByteSource caffemodel, NetState state) {
        NetAssembly assembly = NetAssembly.of(prototxt.name(), definition(prototxt), state);
        if (Hdf5Signature.isAtStartOf(caffemodel)) {
            return assembly.joinSnapshot(caffemodel.name(), Hdf5Snapshot.read(caffemodel))
                    .net();
        }
        ProtoMessage weights = NetUpgrade.upgrade(CaffemodelReader.read(caffemodel), new ArrayList<>());
        return assembly.join(caffemodel.name(), weights.messages("layer")).net();
    }

    /** Training writes its own phase into every layer; it says nothing about the net that is deployed. */
    private static ProtoMessage withoutPhases(ProtoMessage net) {
        var fields = new ArrayList<ProtoField>();
        for (ProtoField field : net.fields()) {
            fields.add(
                    field.value() instanceof ProtoMessage message
                            ? new ProtoField(field.name(), message.without("phase"), field.location())
                            : field);
        }
        return new ProtoMessage(net.location(), fields);
    }

    private static ProtoMessage definition(ByteSource prototxt) {
        ProtoMessage net = PrototxtReader.read(prototxt);
        if (net.has("layer") || net.has("layers") || net.has("input")) {
            return net;
        }
        SourceLocation file = SourceLocation.file(prototxt.name());
        for (String field : List.of("net", "train_net", "test_net")) {
            if (net.has(field)) {
                throw ModelException.malformed(
                        net.location(field),
                        "prototxt",
                        "is a solver; the net is in " + net.strings(field).get(0));
            }
        }
        throw ModelException.malformed(file, "prototxt", "has neither \"layer\" nor \"layers\" nor \"input\"");
    }
}
