package dev.entrepot.validator;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.compare.Metrics;
import dev.entrepot.validator.compare.NonFinite;
import dev.entrepot.validator.compare.OutputComparison;
import dev.entrepot.validator.compare.Power;
import dev.entrepot.validator.compare.Spread;
import dev.entrepot.validator.compare.TopClass;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.Run;
import dev.entrepot.validator.run.Placement;
import dev.entrepot.validator.run.Setup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns what was measured into the report's words. */
final class Summaries {

    private Summaries() {}

    static Report.Input input(String set, String name, Tensor tensor) {
        NonFinite counts = NonFinite.in(tensor);
        return new Report.Input(
                set, name, tensor.type().numpyName(), sizes(tensor.shape()), counts.nans(), counts.infinities());
    }

    static Report.OutputPower power(Power power) {
        return new Report.OutputPower(
                power.output(),
                power.elements(),
                power.distinct(),
                power.least(),
                power.greatest(),
                power.isDegenerate(),
                power.weakness());
    }

    static Run.Output output(String set, @Nullable Tensor actual, OutputComparison comparison) {
        Metrics metrics = comparison.metrics().orElse(null);
        TopClass top = comparison.topClass().orElse(null);
        return new Run.Output(
                set,
                comparison.output(),
                actual == null ? DataType.UNDEFINED.numpyName() : actual.type().numpyName(),
                actual == null ? List.of() : sizes(actual.shape()),
                comparison.elements(),
                metrics == null ? null : distances(metrics),
                comparison.spread().map(Summaries::spread).orElse(null),
                comparison.mismatches(),
                comparison.mismatchShare(),
                comparison.firstMismatch(),
                comparison.nanDifferences(),
                comparison.infinityDifferences(),
                new Run.Bound(
                        "fixed",
                        comparison.tolerance().absolute(),
                        comparison.tolerance().relative(),
                        metrics == null ? null : metrics.maxErrorOverBound(),
                        comparison.tolerance().why()),
                top == null
                        ? null
                        : new Run.Task(top.rows(), (double) top.agreeing() / top.rows(), top.leastMargin(), top.ties()),
                comparison.fault(),
                comparison.passed());
    }

    /** Why an output failed, in words. */
    static String why(OutputComparison comparison) {
        if (!comparison.fault().isEmpty()) {
            return comparison.fault();
        }
        String worst = comparison
                .metrics()
                .map(metrics -> String.format(
                        Locale.ROOT,
                        ", the worst is %.3g apart, %.3g times what is allowed",
                        metrics.maxAbsolute(),
                        metrics.maxErrorOverBound()))
                .orElse("");
        String nans = comparison.nanDifferences() == 0
                ? ""
                : ", " + comparison.nanDifferences() + " are not a number in only one of both";
        return comparison.mismatches() + " of " + comparison.elements() + " elements are too far, the first at "
                + comparison.firstMismatch() + worst + nans;
    }

    static Run.Device device(Setup setup) {
        return new Run.Device(setup.provider().name().toLowerCase(Locale.ROOT), setup.reason());
    }

    static Run.NodePlacement placement(Placement placement) {
        Map<String, Double> times = new TreeMap<>();
        placement.microsecondsByProvider().forEach((provider, time) -> times.put(provider, time / 1e3));
        return new Run.NodePlacement(
                placement.nodesByProvider(),
                times,
                placement.cpuNodes().stream()
                        .map(node -> new Run.FallbackNode(node.name(), node.op()))
                        .toList(),
                placement.memcpyNodes(),
                "profile");
    }

    static Run.Timing timing(Duration load, Duration first, List<Duration> more) {
        List<Duration> sorted = more.stream().sorted().toList();
        return new Run.Timing(
                milliseconds(load),
                milliseconds(first),
                sorted.isEmpty() ? null : milliseconds(sorted.get(sorted.size() / 2)),
                sorted.size());
    }

    static String sha256OfSources(List<ByteSource> sources) throws IOException {
        MessageDigest digest = digest();
        for (ByteSource source : sources) {
            source.transferTo(new Digesting(digest));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String sha256(List<ByteBuffer> buffers) {
        MessageDigest digest = digest();
        buffers.forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static Run.Distances distances(Metrics metrics) {
        return new Run.Distances(
                metrics.maxAbsolute(),
                metrics.maxRelative(),
                metrics.meanAbsolute(),
                metrics.medianAbsolute(),
                metrics.p99Absolute(),
                metrics.rootMeanSquare(),
                metrics.cosine(),
                Double.isFinite(metrics.signalToNoise()) ? metrics.signalToNoise() : null);
    }

    private static Run.Spread spread(Spread spread) {
        return new Run.Spread(
                spread.equal(),
                spread.bins().stream()
                        .map(bin -> new Run.Bin(Double.isFinite(bin.atMost()) ? bin.atMost() : null, bin.elements()))
                        .toList(),
                spread.sample().stream()
                        .map(point -> List.of(point.expected(), point.actual()))
                        .toList());
    }

    private static List<Long> sizes(Shape shape) {
        return Arrays.stream(shape.sizes()).boxed().toList();
    }

    private static double milliseconds(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes everything into a digest. */
    private record Digesting(MessageDigest digest) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer from) {
            int count = from.remaining();
            digest.update(from);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
