package dev.entrepot.validator;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.compare.OutputComparison;
import dev.entrepot.validator.compare.Power;
import dev.entrepot.validator.data.Case;
import dev.entrepot.validator.data.ReferenceFile;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.Report.Reason;
import dev.entrepot.validator.report.Run;
import dev.entrepot.validator.report.Verdict;
import dev.entrepot.validator.run.Placement;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.RuntimeFailure;
import dev.entrepot.validator.run.Setup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Gathers what a validation finds, and judges it at the end. */
final class Findings {

    private final RunnableModel model;
    private final ReferenceFile reference;
    private final String runtimeVersion;
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final List<Report.Input> inputs = new ArrayList<>();
    private final List<Run.Output> outputs = new ArrayList<>();
    private final List<OutputComparison> comparisons = new ArrayList<>();
    private final List<Duration> moreRuns = new ArrayList<>();
    private final TreeSet<String> withoutReference = new TreeSet<>();
    private List<Power> powers = List.of();
    private Duration loadTime = Duration.ZERO;
    private boolean repeatable;
    private int finished;
    private @Nullable Setup setup;
    private @Nullable Duration firstRun;
    private @Nullable Placement placement;
    private @Nullable RuntimeFailure failure;

    Findings(RunnableModel model, ReferenceFile reference, String runtimeVersion) {
        this.model = model;
        this.reference = reference;
        this.runtimeVersion = runtimeVersion;
    }

    void opened(Setup sessionSetup, Duration duration) {
        setup = sessionSetup;
        loadTime = duration;
    }

    void matched(List<Case> cases) {
        for (Case each : cases) {
            withoutReference.addAll(each.withoutReference());
            each.inputs().forEach((name, tensor) -> inputs.add(Summaries.input(each.set(), name, tensor)));
        }
    }

    void powers(List<Power> found) {
        powers = List.copyOf(found);
    }

    /** Notes a run; tells whether it was the first. */
    boolean ran(Duration duration, Optional<Placement> where) {
        if (firstRun != null) {
            return false;
        }
        firstRun = duration;
        placement = where.orElse(null);
        return true;
    }

    /** All outputs of a case were compared. */
    void finished() {
        finished++;
    }

    void compared(String set, @Nullable Tensor actual, OutputComparison comparison) {
        comparisons.add(comparison);
        outputs.add(Summaries.output(set, actual, comparison));
    }

    void repeated(List<Duration> durations, boolean bitEqual) {
        moreRuns.addAll(durations);
        repeatable = bitEqual;
    }

    void failed(RuntimeFailure runtimeFailure) {
        failure = runtimeFailure;
    }

    /** The number of the first case of which an output differs, or that does not run; 0 if there is none. */
    int firstDifferent(List<Case> cases) {
        if (failure != null) {
            return Math.min(finished, cases.size() - 1);
        }
        for (int i = 0; i < cases.size(); i++) {
            String set = cases.get(i).set();
            if (outputs.stream().anyMatch(output -> output.set().equals(set) && !output.pass())) {
                return i;
            }
        }
        return 0;
    }

    Report report() throws IOException {
        return new Report(
                Report.SCHEMA,
                start.truncatedTo(ChronoUnit.SECONDS).toString(),
                (System.nanoTime() - startNanos) / 1e6,
                verdict(),
                reason(),
                subject(),
                stored(),
                inputs,
                runs(),
                List.of(),
                null);
    }

    private Verdict verdict() {
        if (failure != null) {
            return Verdict.FAIL_RUNTIME;
        }
        if (!comparisons.stream().allMatch(OutputComparison::passed)) {
            return Verdict.FAIL_CONVERSION;
        }
        return degenerate() ? Verdict.INCONCLUSIVE : Verdict.PASS;
    }

    private Reason reason() {
        if (failure != null) {
            String code = failure.stage() == RuntimeFailure.Stage.LOAD ? "load_failed" : "run_failed";
            return new Reason(code, String.valueOf(failure.getMessage()));
        }
        List<OutputComparison> bad =
                comparisons.stream().filter(each -> !each.passed()).toList();
        if (!bad.isEmpty()) {
            boolean incomparable = bad.stream().anyMatch(each -> !each.fault().isEmpty());
            return new Reason(
                    incomparable ? "incomparable" : "too_far",
                    bad.size() + " of " + comparisons.size() + " outputs differ from their reference, first \""
                            + bad.get(0).output() + "\": " + Summaries.why(bad.get(0)));
        }
        if (degenerate()) {
            Power weak = powers.stream().filter(Power::isDegenerate).findFirst().orElseThrow();
            return new Reason(
                    "degenerate_reference",
                    "nothing differs, but the reference of \"" + weak.output() + "\" proves nothing: "
                            + weak.weakness());
        }
        String text = comparisons.size() == 1
                ? "the only output is within its tolerance"
                : "all " + comparisons.size() + " outputs are within their tolerance";
        return new Reason("within_tolerance", text);
    }

    /**
     * Whether the references are too weak for a pass: one of a floating-point output, or all there are. A whole-number output may be constant
     * where another output is not, as the class found in a small batch.
     */
    private boolean degenerate() {
        return powers.stream().anyMatch(power -> power.isDegenerate() && power.floatingPoint())
                || powers.stream().allMatch(Power::isDegenerate);
    }

    private Report.Subject subject() {
        Model graph = model.model();
        return new Report.Subject(
                model.name(),
                Summaries.sha256(List.of(model.bytes())),
                model.bytes().remaining(),
                graph.irVersion(),
                graph.opsetImports(),
                graph.graph().nodes().size(),
                model.expandedNodes(),
                graph.graph().parameterCount(),
                graph.functions().size(),
                model.outside().size());
    }

    private Report.Stored stored() throws IOException {
        List<ByteSource> sources = reference.sources();
        return new Report.Stored(
                "stored_outputs",
                reference.name(),
                Summaries.sha256OfSources(sources),
                reference.sets().size(),
                !powers.isEmpty() && degenerate(),
                powers.stream().map(Summaries::power).toList(),
                List.copyOf(withoutReference));
    }

    private List<Run> runs() {
        if (setup == null) {
            return List.of();
        }
        return List.of(new Run(
                new Run.RuntimeUsed(
                        "onnxruntime",
                        runtimeVersion,
                        Runtime.version().toString(),
                        System.getProperty("os.name") + " " + System.getProperty("os.arch")),
                Summaries.device(setup),
                setup.settings(),
                placement == null ? null : Summaries.placement(placement),
                firstRun == null ? null : Summaries.timing(loadTime, firstRun, moreRuns),
                moreRuns.isEmpty() ? null : new Run.Repeatability(moreRuns.size() + 1, repeatable),
                outputs));
    }
}
