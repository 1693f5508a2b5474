package dev.entrepot.validator.oracles.caffe.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.FileSource;
import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.formats.caffe.CaffeNet;
import dev.entrepot.formats.caffe.CaffeNets;
import dev.entrepot.formats.caffe.NetState;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.oracle.CaffeOracle;
import dev.entrepot.validator.oracle.OracleAnswer;
import dev.entrepot.validator.oracle.OracleLimits;
import dev.entrepot.validator.oracle.OracleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Has genuine Caffe write {@code reference.npz} beside every {@code net.prototxt} that has neither it nor {@code error.txt}. No test run
 * includes it; {@code -Dtest=GenuineReferences} runs it alone.
 *
 * <p>Inputs are normal numbers seeded by the case's name, unless the net has a comment {@code # BLOB repeats NUMBER NUMBER …}; weights are
 * those of the net's fillers, and are left out where it has a comment {@code # without weights}.
 */
class GenuineReferences {

    private static final Pattern REPEATED = Pattern.compile("(?m)^# (\\w+) repeats (.+)$");
    private static final Pattern WITHOUT_WEIGHTS = Pattern.compile("(?m)^# without weights$");

    @TempDir
    Path folder;

    @Test
    void cases_without_an_answer_get_genuine_caffes() throws IOException {
        var refused = new ArrayList<String>();
        try (var oracle =
                new CaffeOracle(CaffeOracle.Engine.CAFFE, CaffeOracle.find().orElseThrow(), OracleLimits.LAYERS)) {
            for (Path prototxt : unanswered()) {
                OracleAnswer answer = oracle.ask(request(prototxt));
                if (answer instanceof OracleAnswer.Computed computed) {
                    Npz.write(prototxt.resolveSibling("reference.npz"), arrays(prototxt, computed));
                } else if (answer instanceof OracleAnswer.Refused refusal) {
                    refused.add(prototxt.getParent() + ": " + refusal.reason());
                }
            }
        }
        assertThat(refused)
                .as("what Caffe refuses needs an error.txt, or an independent telling")
                .isEmpty();
    }

    private static List<Path> unanswered() throws IOException {
        try (Stream<Path> files = Files.walk(LayerCase.ROOT)) {
            return files.filter(file -> file.endsWith("net.prototxt"))
                    .filter(file -> !Files.exists(file.resolveSibling("reference.npz")))
                    .filter(file -> !Files.exists(file.resolveSibling("error.txt")))
                    .sorted()
                    .toList();
        }
    }

    private OracleRequest request(Path prototxt) throws IOException {
        return OracleRequest.of(prototxt, inputs(prototxt))
                .withSeed(seed(prototxt))
                .savingWeights(weights());
    }

    private Path weights() {
        return folder.resolve("net.caffemodel");
    }

    private Map<String, Tensor> arrays(Path prototxt, OracleAnswer.Computed computed) throws IOException {
        var arrays = new LinkedHashMap<String, Tensor>();
        inputs(prototxt).forEach((blob, value) -> arrays.put("input/" + blob, value));
        computed.blobs().forEach((blob, value) -> arrays.put("output/" + blob, value));
        if (!WITHOUT_WEIGHTS.matcher(Files.readString(prototxt)).find()) {
            arrays.putAll(blobs(prototxt));
        }
        return arrays;
    }

    private Map<String, Tensor> blobs(Path prototxt) throws IOException {
        var blobs = new LinkedHashMap<String, Tensor>();
        try (FileSource caffemodel = FileSource.open(weights())) {
            CaffeNet net = CaffeNets.read(source(prototxt), caffemodel, NetState.TEST);
            for (CaffeLayer layer : net.layers()) {
                for (int i = 0; i < layer.blobs().size(); i++) {
                    Tensor stored = layer.blob(i).tensor();
                    blobs.put("blob/" + layer.name() + "/" + i, Tensor.of(stored.shape(), stored.toFloats()));
                }
            }
        }
        return blobs;
    }

    /** The inputs of a case, which its name and its comments decide. */
    static Map<String, Tensor> inputs(Path prototxt) throws IOException {
        var repeated = new LinkedHashMap<String, String[]>();
        Matcher comments = REPEATED.matcher(Files.readString(prototxt));
        while (comments.find()) {
            repeated.put(comments.group(1), comments.group(2).strip().split("\\s+"));
        }
        var random = new Random(seed(prototxt));
        var inputs = new LinkedHashMap<String, Tensor>();
        for (CaffeLayer layer :
                CaffeNets.readPrototxt(source(prototxt), NetState.TEST).layers()) {
            if (layer.type().equals("Input")) {
                String blob = layer.tops().get(0);
                inputs.put(blob, input(shape(layer), random, repeated.getOrDefault(blob, new String[0])));
            }
        }
        return inputs;
    }

    private static Shape shape(CaffeLayer input) {
        ProtoMessage shape = input.param("input_param").message("shape");
        return Shape.of(shape.longs("dim").stream().mapToLong(Long::longValue).toArray());
    }

    private static Tensor input(Shape shape, Random random, String[] repeated) {
        float[] values = new float[Math.toIntExact(shape.elementCount())];
        for (int i = 0; i < values.length; i++) {
            values[i] = repeated.length == 0
                    ? (float) random.nextGaussian()
                    : Float.parseFloat(repeated[i % repeated.length]);
        }
        return Tensor.of(shape, values);
    }

    /** The same for a case wherever it lies. */
    private static int seed(Path prototxt) {
        return Math.abs(LayerCase.ROOT.relativize(prototxt).toString().hashCode() % 1_000_000);
    }

    private static ByteSource source(Path prototxt) throws IOException {
        return ByteSource.of("net.prototxt", Files.readAllBytes(prototxt));
    }
}
