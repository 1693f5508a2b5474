package dev.entrepot.validator.oracle;

import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs TorchScript with genuine libtorch on the CPU.
 *
 * <p>An output is called by its key in a dictionary, else {@code output}; positions in tuples and lists follow, {@code output_0_1}, unless only
 * one of them holds anything. The process starts at the first question and answers all others too. Not safe for use by several
 * threads at once; several oracles run side by side.
 */
public final class TorchOracle implements Oracle {

    private static final String MAIN = "dev.entrepot.validator.oracles.libtorch.Main";

    private final OracleChild child;

    /** @throws IOException if there is no place for temporary files */
    public TorchOracle(OracleClassPath classPath, OracleLimits limits) throws IOException {
        this.child = new OracleChild(MAIN, List.of(Integer.toString(limits.threads())), classPath, limits);
    }

    /** Where the oracle is installed, if it is. */
    public static Optional<OracleClassPath> find() {
        return OracleClassPath.find("libtorch", MAIN);
    }

    /**
     * Runs the TorchScript archive that is the request's net.
     *
     * <p>Inputs are given to the arguments of {@code forward} by name where all names are arguments, otherwise in their order. A list of
     * tensors takes {@code NAME.0}, {@code NAME.1} and so on.
     *
     * @throws IllegalArgumentException if weights or layers are asked for: the archive holds its weights, and has no layers
     */
    @Override
    public OracleAnswer ask(OracleRequest request) throws IOException {
        if (request.weights().isPresent()
                || request.savedWeights().isPresent()
                || request.blobs() != OracleRequest.Blobs.OUTPUTS) {
            throw new IllegalArgumentException("TorchScript has its weights in itself, and no layers");
        }
        return child.ask(Map.of("archive", absolute(request.net())), Map.of("inputs", request.inputs()));
    }

    /**
     * Compiles a program, saves it as a TorchScript archive and runs it.
     *
     * @param inputs as {@link #ask} takes them
     * @param archive the file to write
     * @return the outputs, or why libtorch does not compile, save or run the program; the archive may be there all the same
     */
    public OracleAnswer run(TorchProgram program, Map<String, Tensor> inputs, Path archive) throws IOException {
        var words = new LinkedHashMap<String, String>();
        words.put("source", program.source());
        words.put("frozen", Boolean.toString(program.form() == TorchProgram.Form.FROZEN));
        words.put("saved", absolute(archive));
        return child.ask(
                words, Map.of("inputs", inputs, "parameters", program.parameters(), "buffers", program.buffers()));
    }

    @Override
    public void close() throws IOException {
        child.close();
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }
}
