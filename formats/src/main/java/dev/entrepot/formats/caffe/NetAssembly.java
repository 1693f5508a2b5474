package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.formats.caffe.CaffeNet.Warning;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds a {@link CaffeNet} from a definition and, if there is one, a file of weights. */
final class NetAssembly {

    private static final int LONGEST_NAME = 1 << 10;

    /** Types that cannot do without learned parameters; Scale and Bias can, if they have two bottoms. */
    private static final Set<String> LEARNED = Set.of(
            "Convolution",
            "Deconvolution",
            "InnerProduct",
            "Embed",
            "BatchNorm",
            "PReLU",
            "LSTM",
            "RNN",
            "Parameter",
            "ConvolutionDepthwise",
            "DepthwiseConvolution",
            "Convolution3D",
            "BN",
            "Normalize",
            "GRU");

    private final String file;
    private final String name;
    private final List<CaffeLayer> layers = new ArrayList<>();
    private final List<CaffeTransform> transforms = new ArrayList<>();
    private final List<String> unused = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<String> files = new ArrayList<>();

    private NetAssembly(String file, String name) {
        this.file = file;
        this.name = name;
        files.add(file);
    }

    /** Upgrades a definition and takes the layers that are there in this state. */
    static NetAssembly of(String file, ProtoMessage definition, NetState state) {
        var assembly = new NetAssembly(file, definition.stringOr("name", ""));
        ProtoMessage net = NetUpgrade.upgrade(definition, assembly.warnings);
        NetState whole = state.with(net.message("state"));
        var problems = new Problems();
        for (ProtoMessage message : net.messages("layer")) {
            try {
                assembly.add(message, whole);
            } catch (ModelException e) {
                problems.addAll(e);
            }
        }
        problems.throwIfAny();
        return assembly;
    }

    private void add(ProtoMessage message, NetState state) {
        boolean included = state.includes(message);
        if (message.has("transform_param")) {
            transforms.add(new CaffeTransform(
                    message.stringOr("name", ""), message.strings("top"), message.message("transform_param")));
        }
        if (included) {
            layers.add(layer(message));
        }
    }

    private static CaffeLayer layer(ProtoMessage message) {
        List<CaffeBlob> blobs =
                message.fields("blobs").stream().map(BlobReader::read).toList();
        String name = message.stringOr("name", "");
        if (!message.has("type")) {
            throw ModelException.malformed(message.location(), "layer \"" + name + "\"", "has no type");
        }
        var layer = new CaffeLayer(
                name,
                message.string("type"),
                message.strings("bottom"),
                message.strings("top"),
                message.without("blobs"),
                blobs,
                message.location());
        requireShort(layer, "name", List.of(name));
        requireShort(layer, "bottom", layer.bottoms());
        requireShort(layer, "top", layer.tops());
        return layer;
    }

    private static void requireShort(CaffeLayer layer, String field, List<String> names) {
        for (String name : names) {
            if (name.length() > LONGEST_NAME) {
                throw ModelException.limitExceeded(
                        layer.message().location(field),
                        layer.toString(),
                        "has a " + field + " of " + name.length() + " characters, the limit is " + LONGEST_NAME);
            }
        }
    }

    NetAssembly withWarnings(List<Warning> more) {
        warnings.addAll(more);
        return this;
    }

    /** Puts the blobs of these layers to the first layer of the same name. */
    NetAssembly join(String weightsFile, List<ProtoMessage> sources) {
        files.add(weightsFile);
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            first.putIfAbsent(layers.get(i).name(), i);
        }
        var problems = new Problems();
        for (ProtoMessage source : sources) {
            try {
                join(source, first);
            } catch (ModelException e) {
                problems.addAll(e);
            }
        }
        problems.throwIfAny();
        return this;
    }

    private void join(ProtoMessage source, Map<String, Integer> first) {
        String sourceName = source.stringOr("name", "");
        List<ProtoField> blobs = source.fields("blobs");
        Integer index = first.get(sourceName);
        if (index == null) {
            if (!blobs.isEmpty()) {
                unused.add(sourceName);
            }
            return;
        }
        CaffeLayer layer = layers.get(index);
        layers.set(index, layer.withBlobs(blobs.stream().map(BlobReader::read).toList()));
        String sourceType = source.textOr("type", "");
        if (!blobs.isEmpty() && !sourceType.equals(layer.type())) {
            warnings.add(
                    new Warning(source.location(), layer + " gets the weights of a layer of the type " + sourceType));
        }
    }

    /** Puts the blobs of an HDF5 snapshot, which holds a shared blob only once, to the layers of the same names. */
    NetAssembly joinSnapshot(String weightsFile, Map<String, Map<Integer, CaffeBlob>> snapshot) {
        files.add(weightsFile);
        Map<String, CaffeBlob> owners = new HashMap<>();
        Set<String> known = new HashSet<>();
        for (CaffeLayer layer : layers) {
            known.add(layer.name());
            List<String> names = layer.paramNames();
            snapshot.getOrDefault(layer.name(), Map.of()).forEach((index, blob) -> {
                if (index < names.size() && !names.get(index).isEmpty()) {
                    owners.putIfAbsent(names.get(index), blob);
                }
            });
        }
        layers.replaceAll(
                layer -> layer.withBlobs(snapshotBlobs(layer, snapshot.getOrDefault(layer.name(), Map.of()), owners)));
        snapshot.forEach((layer, blobs) -> {
            if (!known.contains(layer) && !blobs.isEmpty()) {
                unused.add(layer);
            }
        });
        return this;
    }

    private static List<CaffeBlob> snapshotBlobs(
            CaffeLayer layer, Map<Integer, CaffeBlob> own, Map<String, CaffeBlob> owners) {
        List<String> names = layer.paramNames();
        List<CaffeBlob> blobs = new ArrayList<>();
        int found = 0;
        for (int i = 0; i < names.size() || found < own.size(); i++) {
            CaffeBlob blob = own.get(i);
            found += blob == null ? 0 : 1;
            CaffeBlob shared = i < names.size() ? owners.get(names.get(i)) : null;
            if (blob == null && shared == null && found < own.size()) {
                throw ModelException.malformed(
                        layer.location(), layer.toString(), "has no blob " + i + " in the snapshot, but a later one");
            }
            if (blob != null || shared != null) {
                blobs.add(blob != null ? blob : shared);
            }
        }
        return blobs;
    }

    CaffeNet net() {
        shareParameters();
        List<String> weightless = layers.stream()
                .filter(layer -> layer.blobs().isEmpty() && needsWeights(layer))
                .map(CaffeLayer::name)
                .toList();
        return new CaffeNet(name, layers, weightless, unused, transforms, warnings, files);
    }

    private static boolean needsWeights(CaffeLayer layer) {
        boolean oneBottom = layer.bottoms().size() == 1;
        return LEARNED.contains(layer.type())
                || oneBottom && (layer.type().equals("Scale") || layer.type().equals("Bias"));
    }

    /** Blobs of parameters of the same name are one: a layer that has none of its own takes those of another. */
    private void shareParameters() {
        Map<String, CaffeBlob> owners = new LinkedHashMap<>();
        for (CaffeLayer layer : layers) {
            List<String> names = layer.paramNames();
            for (int i = 0; i < Math.min(names.size(), layer.blobs().size()); i++) {
                if (!names.get(i).isEmpty()) {
                    owners.put(names.get(i), layer.blobs().get(i));
                }
            }
        }
        Set<String> shared = new HashSet<>(owners.keySet());
        layers.replaceAll(layer -> shared.isEmpty() ? layer : withShared(layer, owners));
    }

    private static CaffeLayer withShared(CaffeLayer layer, Map<String, CaffeBlob> owners) {
        List<CaffeBlob> blobs = new ArrayList<>(layer.blobs());
        List<String> names = layer.paramNames();
        for (int i = 0; i < names.size(); i++) {
            CaffeBlob owner = owners.get(names.get(i));
            if (owner != null && i < blobs.size()) {
                blobs.set(i, owner);
            } else if (owner != null && i == blobs.size()) {
                blobs.add(owner);
            }
        }
        return layer.withBlobs(blobs);
    }

    @Override
    public String toString() {
        return file;
    }
}
