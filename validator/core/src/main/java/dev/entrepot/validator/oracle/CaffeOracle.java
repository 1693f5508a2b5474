package dev.entrepot.validator.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs Caffe nets in phase TEST with genuine BVLC Caffe, or with OpenCV's reader of Caffe files.
 *
 * <p>The process starts at the first question and answers all others too; where a failed check inside the framework ends it, the next
 * question starts another. Not safe for use by several threads at once; several oracles run side by side.
 */
public final class CaffeOracle implements Oracle {

    /** Who computes. */
    public enum Engine {
        /** BVLC Caffe 1.0 on the CPU: every BVLC layer of its time. */
        CAFFE("caffe"),
        /** OpenCV 4.6: the layers of well-known forks, too. */
        OPENCV("opencv");

        private final String word;

        Engine(String word) {
            this.word = word;
        }
    }

    private static final String MAIN = "dev.entrepot.validator.oracles.caffe.Main";

    private final OracleChild child;

    /** @throws IOException if there is no place for temporary files */
    public CaffeOracle(Engine engine, OracleClassPath classPath, OracleLimits limits) throws IOException {
        this.child = new OracleChild(MAIN, List.of(engine.word), classPath, limits);
    }

    /** Where the oracle is installed, if it is. */
    public static Optional<OracleClassPath> find() {
        return OracleClassPath.find("caffe", MAIN);
    }

    @Override
    public OracleAnswer ask(OracleRequest request) throws IOException {
        var words = new LinkedHashMap<String, String>();
        words.put("net", absolute(request.net()));
        request.weights().ifPresent(file -> words.put("weights", absolute(file)));
        words.put("seed", Integer.toString(request.seed()));
        request.savedWeights().ifPresent(file -> words.put("saved", absolute(file)));
        words.put("layers", Boolean.toString(request.blobs() == OracleRequest.Blobs.ALL_LAYERS));
        return child.ask(words, Map.of("inputs", request.inputs()));
    }

    @Override
    public void close() throws IOException {
        child.close();
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }
}
