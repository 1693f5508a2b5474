package dev.entrepot.validator.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A validation of one model against one reference.
 *
 * @param schema {@value #SCHEMA}
 * @param created when it was made, ISO 8601
 * @param durationMs how long it took
 * @param verdict what it comes to
 * @param verdictReason why
 * @param subject the model
 * @param reference the reference
 * @param inputs the inputs that the model was given
 * @param runs the runs; none where the model could not be loaded
 * @param layers the layers of the source beside the model's values, where they were compared
 * @param localisation where the model begins to differ; null if nobody looked
 */
public record Report(
        String schema,
        String created,
        double durationMs,
        Verdict verdict,
        Reason verdictReason,
        Subject subject,
        Stored reference,
        List<Input> inputs,
        List<Run> runs,
        List<Localisation.Layer> layers,
        @Nullable Localisation localisation) {

    /** The version of this schema. */
    public static final String SCHEMA = "entrepot-validation/1";

    public Report {
        inputs = List.copyOf(inputs);
        runs = List.copyOf(runs);
        layers = List.copyOf(layers);
    }

    /** This report with where the model begins to differ. */
    public Report with(Localisation found, List<Localisation.Layer> compared) {
        return new Report(
                schema, created, durationMs, verdict, verdictReason, subject, reference, inputs, runs, compared, found);
    }

    /** Whether the verdict is {@link Verdict#PASS}. */
    public boolean passed() {
        return verdict == Verdict.PASS;
    }

    /**
     * Why a verdict was given.
     *
     * @param code for programs: {@code within_tolerance}, {@code too_far}, {@code incomparable}, {@code load_failed}, {@code run_failed} or
     *     {@code degenerate_reference}
     * @param text for people
     */
    public record Reason(String code, String text) {}

    /**
     * The model.
     *
     * @param name its file's name
     * @param modelSha256 the SHA-256 of its file
     * @param bytes its file's length
     * @param irVersion the version of the file format
     * @param opsetImports the operator sets by domain
     * @param nodes the nodes of the main graph
     * @param expandedNodes the nodes with subgraphs counted in and local functions inlined
     * @param parameters the elements of all initializers
     * @param functions the model-local functions
     * @param outsideTensors the initializers that lie outside the file
     */
    public record Subject(
            String name,
            String modelSha256,
            long bytes,
            long irVersion,
            Map<String, Long> opsetImports,
            long nodes,
            long expandedNodes,
            long parameters,
            long functions,
            long outsideTensors) {
        public Subject {
            opsetImports = Collections.unmodifiableMap(new LinkedHashMap<>(opsetImports));
        }
    }

    /**
     * The reference.
     *
     * @param kind {@code stored_outputs}
     * @param name its file's or folder's name
     * @param sha256 the SHA-256 of its file, or of its files one after the other
     * @param sets the number of sets of inputs and outputs
     * @param degenerate whether an output's references prove nothing and the verdict cannot be pass because of it
     * @param power what each output's references could prove
     * @param withoutReference the outputs that were not compared
     */
    public record Stored(
            String kind,
            String name,
            String sha256,
            int sets,
            boolean degenerate,
            List<OutputPower> power,
            List<String> withoutReference) {
        public Stored {
            power = List.copyOf(power);
            withoutReference = List.copyOf(withoutReference);
        }
    }

    /**
     * What the references of one output could prove, all sets together.
     *
     * @param name the output
     * @param elements the number of reference values
     * @param distinctOutputs how many are distinct, counted up to 1000
     * @param min the least
     * @param max the greatest
     * @param degenerate whether they prove nothing
     * @param weakness why
     */
    public record OutputPower(
            String name,
            long elements,
            long distinctOutputs,
            double min,
            double max,
            boolean degenerate,
            String weakness) {}

    /**
     * An input that the model was given.
     *
     * @param set the reference's set
     * @param name the input's name
     * @param dtype its type, such as {@code float32}
     * @param shape its sizes
     * @param nanCount how many elements are not a number
     * @param infCount how many are infinite
     */
    public record Input(String set, String name, String dtype, List<Long> shape, long nanCount, long infCount) {
        public Input {
            shape = List.copyOf(shape);
        }
    }
}
