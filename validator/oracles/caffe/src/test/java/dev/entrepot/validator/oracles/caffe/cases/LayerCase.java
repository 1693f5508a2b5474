package dev.entrepot.validator.oracles.caffe.cases;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.caffe.CaffeBlob;
import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A case directory with numbers: {@code net.prototxt} and {@code reference.npz}, whose arrays are called input/BLOB, blob/LAYER/INDEX and
 * output/BLOB.
 *
 * @param name the folder and the sentence
 * @param prototxt the net's definition
 * @param arrays what reference.npz holds
 */
record LayerCase(String name, ByteSource prototxt, Map<String, Tensor> arrays) {

    /** Surefire runs in the module's folder. */
    static final Path ROOT = Path.of("../../../importers/declared/src/test/resources/caffe");

    /** All cases that have numbers, sorted. */
    static List<LayerCase> all() throws IOException {
        List<Path> references;
        try (Stream<Path> files = Files.walk(ROOT)) {
            references = files.filter(file -> file.endsWith("reference.npz"))
                    .sorted()
                    .toList();
        }
        List<LayerCase> cases = new ArrayList<>();
        for (Path reference : references) {
            cases.add(read(reference.resolveSibling("net.prototxt"), reference));
        }
        return cases;
    }

    private static LayerCase read(Path prototxt, Path reference) throws IOException {
        String name = ROOT.relativize(reference).toString();
        return new LayerCase(
                name.substring(0, name.lastIndexOf('/')),
                ByteSource.of("net.prototxt", Files.readAllBytes(prototxt)),
                Npz.read(ByteSource.of("reference.npz", Files.readAllBytes(reference))));
    }

    String family() {
        return name.substring(0, name.indexOf('/'));
    }

    /** The net with its weights. */
    CaffeNet net() {
        CaffeNet net = CaffeNets.readPrototxt(prototxt, NetState.TEST);
        List<CaffeLayer> layers = net.layers().stream()
                .map(layer -> arrays.containsKey("blob/" + layer.name() + "/0") ? layer.withBlobs(blobs(layer)) : layer)
                .toList();
        return new CaffeNet(net.name(), layers, List.of(), List.of(), net.transforms(), net.warnings(), net.files());
    }

    /** A case without weights is about what fills them. */
    ImportOptions options() {
        ImportOptions usual = ImportOptions.DEFAULT;
        return of("blob/").isEmpty()
                ? new ImportOptions(usual.inputs(), ImportOptions.Missing.FILL, usual.unused())
                : usual;
    }

    private List<CaffeBlob> blobs(CaffeLayer layer) {
        List<CaffeBlob> blobs = new ArrayList<>();
        for (int i = 0; ; i++) {
            Tensor tensor = arrays.get("blob/" + layer.name() + "/" + i);
            if (tensor == null) {
                return blobs;
            }
            blobs.add(new CaffeBlob(tensor, CaffeBlob.ShapeForm.BLOB_SHAPE, layer.location()));
        }
    }

    /** The learned layers alone, without their parameters: what a caffemodel must say. */
    CaffeNet weights() {
        CaffeNet net = net();
        List<CaffeLayer> learned = net.layers().stream()
                .filter(layer -> !layer.blobs().isEmpty())
                .map(layer -> new CaffeLayer(
                        layer.name(),
                        layer.type(),
                        layer.bottoms(),
                        layer.tops(),
                        layer.message().without(parameterNames(layer)),
                        layer.blobs(),
                        layer.location()))
                .toList();
        return new CaffeNet(net.name(), learned, List.of(), List.of(), List.of(), List.of(), net.files());
    }

    private static String[] parameterNames(CaffeLayer layer) {
        return layer.message().fields().stream()
                .map(field -> field.name())
                .filter(name -> name.endsWith("_param"))
                .toArray(String[]::new);
    }

    Map<String, Tensor> inputs() {
        return of("input/");
    }

    Map<String, Tensor> outputs() {
        return of("output/");
    }

    private Map<String, Tensor> of(String kind) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        arrays.forEach((name, tensor) -> {
            if (name.startsWith(kind)) {
                found.put(name.substring(kind.length()), tensor);
            }
        });
        return found;
    }

    @Override
    public String toString() {
        return name;
    }
}
