package dev.entrepot.validator.localise;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.CaffeFileKind;
import dev.entrepot.formats.caffe.CaffeGeneration;
import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.CaffeWriter;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleClassPath;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import dev.entrepot.validator.oracle.OracleRequest.Blobs;
import dev.entrepot.validator.oracle.OracleUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of a Caffe net. What they compute is stored with the reference, or genuine Caffe tells it, or OpenCV where Caffe does not know
 * a layer.
 */
public final class CaffeLayers implements LayerSource {

    private static final String STORED = "layer/";

    private final CaffeNet net;
    private final Optional<Path> definition;
    private final Optional<Path> weights;
    private final Optional<OracleClassPath> oracle;

    private CaffeLayers(
            CaffeNet net, Optional<Path> definition, Optional<Path> weights, Optional<OracleClassPath> oracle) {
        this.net = net;
        this.definition = definition;
        this.weights = weights;
        this.oracle = oracle;
    }

    /** Whether all of these are files of a Caffe net. */
    public static boolean recognises(List<Path> files) throws IOException {
        for (Path path : files) {
            try (FileSource file = FileSource.open(path)) {
                if (CaffeFileKind.of(file).isEmpty()) {
                    return false;
                }
            }
        }
        return !files.isEmpty();
    }

    /**
     * Reads a net.
     *
     * @param files a prototxt, a file of weights, or both
     * @throws ModelException if they make no net
     * @throws IOException if the disk fails
     */
    public static CaffeLayers of(List<Path> files) throws IOException {
        Optional<Path> definition = Optional.empty();
        Optional<Path> weights = Optional.empty();
        List<FileSource> open = new ArrayList<>();
        try {
            for (Path path : files) {
                FileSource file = FileSource.open(path);
                open.add(file);
                if (CaffeFileKind.of(file).equals(Optional.of(CaffeFileKind.PROTOTXT))) {
                    definition = Optional.of(path);
                } else {
                    weights = Optional.of(path);
                }
            }
            ByteSource first = open.get(0);
            if (open.size() > 2 || (open.size() == 2 && (definition.isEmpty() || weights.isEmpty()))) {
                throw ModelException.malformed(
                        first.at(0),
                        "files",
                        "are " + files.size() + ", a prototxt and a file of weights are expected");
            }
            CaffeNet net = definition.isPresent()
                    ? CaffeNets.readPrototxt(open.get(files.indexOf(definition.get())), NetState.TEST)
                    : CaffeNets.readCaffemodel(first, NetState.TEST);
            return new CaffeLayers(net, definition, weights, CaffeOracle.find());
        } finally {
            for (FileSource file : open) {
                file.close();
            }
        }
    }

    @Override
    public String framework() {
        return "Caffe";
    }

    @Override
    public List<SourceLayer> layers(Map<String, Tensor> inputs, Map<String, Tensor> stored) throws IOException {
        Map<String, Tensor> values = stored.isEmpty() ? computed(inputs) : stored;
        Map<String, Integer> writers = new HashMap<>();
        net.layers().forEach(layer -> layer.tops().forEach(top -> writers.merge(top, 1, Integer::sum)));
        return net.layers().stream().map(layer -> layer(layer, values, writers)).toList();
    }

    @Override
    public void close() {}

    /** A blob that one layer makes is stored by its name; one that several layers make, by theirs. */
    private static SourceLayer layer(CaffeLayer layer, Map<String, Tensor> values, Map<String, Integer> writers) {
        List<SourceLayer.Top> tops = new ArrayList<>();
        for (String top : layer.tops()) {
            boolean once = writers.getOrDefault(top, 0) == 1;
            boolean known = once || layer.tops().size() == 1;
            tops.add(new SourceLayer.Top(top, known ? values.get(once ? top : layer.name()) : null));
        }
        return new SourceLayer(layer.name(), layer.type(), tops);
    }

    private Map<String, Tensor> computed(Map<String, Tensor> inputs) throws IOException {
        OracleClassPath classPath = oracle.orElseThrow(() -> new LayersUnknownException(
                "the reference holds no arrays layer/NAME, and genuine Caffe is not installed"));
        Path written = Files.createTempFile("entrepot-net", ".prototxt");
        try {
            if (definition.isEmpty()) {
                Files.writeString(
                        written, CaffeWriter.definition(net, CaffeGeneration.V2).toString());
            }
            OracleRequest request =
                    OracleRequest.of(definition.orElse(written), inputs).withBlobs(Blobs.ALL_LAYERS);
            return computed(classPath, weights.map(request::withWeights).orElse(request));
        } finally {
            Files.delete(written);
        }
    }

    private static Map<String, Tensor> computed(OracleClassPath classPath, OracleRequest request) throws IOException {
        List<String> refusals = new ArrayList<>();
        for (CaffeOracle.Engine engine : CaffeOracle.Engine.values()) {
            try (CaffeOracle oracle = new CaffeOracle(engine, classPath, OracleLimits.MODELS)) {
                OracleAnswer answer = oracle.ask(request);
                if (answer instanceof OracleAnswer.Computed computed) {
                    Map<String, Tensor> layers = new HashMap<>();
                    computed.blobs().forEach((name, value) -> {
                        if (name.startsWith(STORED)) {
                            layers.put(name.substring(STORED.length()), value);
                        }
                    });
                    return layers;
                }
                refusals.add(engine.name() + ": " + ((OracleAnswer.Refused) answer).reason());
            } catch (OracleUnavailableException e) {
                throw new LayersUnknownException(String.valueOf(e.getMessage()));
            }
        }
        throw new LayersUnknownException("the genuine frameworks refuse the net: " + String.join("; ", refusals));
    }
}
