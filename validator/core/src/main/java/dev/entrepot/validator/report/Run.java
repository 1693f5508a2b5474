package dev.entrepot.validator.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model on a runtime.
 *
 * @param runtime the runtime
 * @param device where it ran
 * @param options what the runtime was told, and environment variables that change numbers
 * @param placement which provider ran the nodes; null where nothing ran
 * @param timing how long it took; null where nothing ran
 * @param repeatability whether it gives the same twice; null where it ran once
 * @param outputs the outputs beside their references
 */
public record Run(
        RuntimeUsed runtime,
        Device device,
        Map<String, String> options,
        @Nullable NodePlacement placement,
        @Nullable Timing timing,
        @Nullable Repeatability repeatability,
        List<Output> outputs) {
    public Run {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        outputs = List.copyOf(outputs);
    }

    /**
     * A runtime.
     *
     * @param name {@code onnxruntime}
     * @param version its version
     * @param java the Java version
     * @param os the operating system
     */
    public record RuntimeUsed(String name, String version, String java, String os) {}

    /**
     * Where a model ran.
     *
     * @param kind {@code cpu} or {@code cuda}
     * @param reason why there
     */
    public record Device(String kind, String reason) {}

    /**
     * Where the nodes of the optimized graph ran, as the profile of the first run says.
     *
     * @param nodesByProvider the nodes by provider
     * @param timeMsByProvider the kernels' time by provider
     * @param cpuFallbackNodes the nodes that ran on the CPU in a session on another provider
     * @param memcpyNodes the nodes that copy between devices
     * @param evidence how this is known: {@code profile}
     */
    public record NodePlacement(
            Map<String, Long> nodesByProvider,
            Map<String, Double> timeMsByProvider,
            List<FallbackNode> cpuFallbackNodes,
            long memcpyNodes,
            String evidence) {
        public NodePlacement {
            nodesByProvider = Collections.unmodifiableMap(new LinkedHashMap<>(nodesByProvider));
            timeMsByProvider = Collections.unmodifiableMap(new LinkedHashMap<>(timeMsByProvider));
            cpuFallbackNodes = List.copyOf(cpuFallbackNodes);
        }
    }

    /**
     * A node of the optimized graph.
     *
     * @param name its name
     * @param op its operator
     */
    public record FallbackNode(String name, String op) {}

    /**
     * How long it took, in milliseconds.
     *
     * @param loadMs to load the model
     * @param firstRunMs the first run
     * @param p50Ms the median of the runs after the first; null where there is none
     * @param runs how many runs there were after the first
     */
    public record Timing(
            double loadMs, double firstRunMs, @Nullable Double p50Ms, int runs) {}

    /**
     * Whether the same inputs give the same outputs.
     *
     * @param runs how many runs were compared
     * @param bitEqual whether all outputs were the same bit by bit
     */
    public record Repeatability(int runs, boolean bitEqual) {}

    /**
     * An output beside its reference.
     *
     * @param set the reference's set
     * @param name the output
     * @param dtype its type as the model gave it
     * @param shape its sizes
     * @param elements the number of elements compared
     * @param vsReference the distances; null where the type has no fractions or nothing could be compared
     * @param spread how the errors are spread; null where there are no distances
     * @param mismatches the elements that are too far apart
     * @param mismatchShare their share
     * @param firstMismatchIndex the index of the first
     * @param nanDiff the elements of which only one is not a number
     * @param infDiff the elements of which one is infinite and the other not the same
     * @param bound what was allowed
     * @param task the agreement of the greatest class; null where the output does not look like classes
     * @param fault why nothing could be compared; empty where it could
     * @param pass whether it is near enough
     */
    public record Output(
            String set,
            String name,
            String dtype,
            List<Long> shape,
            long elements,
            @Nullable Distances vsReference,
            @Nullable Spread spread,
            long mismatches,
            double mismatchShare,
            List<Long> firstMismatchIndex,
            long nanDiff,
            long infDiff,
            Bound bound,
            @Nullable Task task,
            String fault,
            boolean pass) {
        public Output {
            shape = List.copyOf(shape);
            firstMismatchIndex = List.copyOf(firstMismatchIndex);
        }
    }

    /**
     * Distances between an output and its reference.
     *
     * @param maxAbs the greatest absolute error
     * @param maxRel the greatest error over the reference's magnitude, where that is not 0
     * @param meanAbs the mean absolute error
     * @param p50Abs the median absolute error
     * @param p99Abs the absolute error that 99 of 100 elements do not exceed
     * @param rmse the root mean square error
     * @param cosine the cosine of the angle between both
     * @param snrDb the signal to noise ratio in dB; null where both are equal
     */
    public record Distances(
            double maxAbs,
            double maxRel,
            double meanAbs,
            double p50Abs,
            double p99Abs,
            double rmse,
            double cosine,
            @Nullable Double snrDb) {}

    /**
     * How the errors of the finite elements are spread.
     *
     * @param equal the elements that equal their reference
     * @param bins the others by their error over what is allowed, nearest first; above 1 is too far
     * @param sample pairs of a reference and what the model gave: some hundred, evenly spread, and the worst
     */
    public record Spread(long equal, List<Bin> bins, List<List<Double>> sample) {
        public Spread {
            bins = List.copyOf(bins);
            sample = List.copyOf(sample);
        }
    }

    /**
     * Elements above the limit of the bin before.
     *
     * @param atMost the greatest error over what is allowed; null for the last
     * @param elements how many
     */
    public record Bin(@Nullable Double atMost, long elements) {}

    /**
     * What was allowed: an error of at most {@code max(atol, rtol * |reference|)}.
     *
     * @param kind {@code fixed}
     * @param atol the absolute part
     * @param rtol the relative part
     * @param maxErrorOverBound the greatest error over what was allowed for it; above 1 is too far; null where there is no finite one
     * @param why where the two numbers come from
     */
    public record Bound(
            String kind, double atol, double rtol, @Nullable Double maxErrorOverBound, String why) {}

    /**
     * Whether the greatest class agrees.
     *
     * @param rows the number of rows
     * @param top1Agree the share of rows that agree
     * @param argmaxMarginMin the least distance between a row's greatest and second element in the reference
     * @param ties the rows whose reference has its greatest element more than once
     */
    public record Task(long rows, double top1Agree, double argmaxMarginMin, long ties) {}
}
