package dev.entrepot.validator;

import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.compare.Comparison;
import dev.entrepot.validator.compare.OutputComparison;
import dev.entrepot.validator.compare.Power;
import dev.entrepot.validator.compare.PowerMeter;
import dev.entrepot.validator.data.Case;
import dev.entrepot.validator.data.Reference;
import dev.entrepot.validator.data.ReferenceFile;
import dev.entrepot.validator.localise.LayerSource;
import dev.entrepot.validator.localise.Localised;
import dev.entrepot.validator.localise.Localiser;
import dev.entrepot.validator.localise.StoredLayers;
import dev.entrepot.validator.report.Report;
import dev.entrepot.validator.report.Verdict;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.RunResult;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.RuntimeFailure;
import dev.entrepot.validator.run.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Validates models. */
public final class Validator {

    private static final Duration LONGEST_TIMING = Duration.ofSeconds(10);

    private final OnnxRuntime runtime;
    private final ValidationOptions options;

    /**
     * @param runtime what runs the models
     * @param options how
     */
    public Validator(OnnxRuntime runtime, ValidationOptions options) {
        this.runtime = runtime;
        this.options = options;
    }

    /**
     * Validates a model's file against a reference's file or folder; see {@link #validate(RunnableModel, ReferenceFile, Optional)}.
     *
     * @throws IOException if the disk fails, or a file is missing
     */
    public Report validate(Path model, Path reference) throws IOException {
        return validate(model, reference, Optional.empty());
    }

    /**
     * Validates a model's file against a reference's file or folder and tells where it begins to differ from its source.
     *
     * @throws IOException if the disk fails, or a file is missing
     */
    public Report validate(Path model, Path reference, LayerSource source) throws IOException {
        return validate(model, reference, Optional.of(source));
    }

    private Report validate(Path model, Path reference, Optional<LayerSource> source) throws IOException {
        try (ReferenceFile opened = ReferenceFile.open(reference);
                RunnableModel runnable = RunnableModel.open(model)) {
            return validate(runnable, opened, source);
        }
    }

    /** Validates without a source; see {@link #validate(RunnableModel, ReferenceFile, Optional)}. */
    public Report validate(RunnableModel model, ReferenceFile reference) throws IOException {
        return validate(model, reference, Optional.empty());
    }

    /**
     * Runs a model on every set of a reference and compares what it gives. Where it differs and the reference keeps what the source's layers
     * computed, or where a source is given, it also tells at which layer the difference begins.
     *
     * @param source tells the source's layers
     * @return what was found, also where the model does not run
     * @throws dev.entrepot.bytes.ModelException if the reference does not fit the model
     * @throws dev.entrepot.validator.run.ProviderUnavailableException if CUDA was asked for and cannot be used
     * @throws IOException if the disk fails
     */
    public Report validate(RunnableModel model, ReferenceFile reference, Optional<LayerSource> source)
            throws IOException {
        Findings findings = new Findings(model, reference, runtime.version());
        List<Case> cases = new ArrayList<>();
        try (Session session = runtime.open(model, options.session())) {
            findings.opened(session.setup(), session.loadTime());
            cases.addAll(match(session, reference.sets()));
            findings.matched(cases);
            findings.powers(powers(cases));
            for (Case each : cases) {
                run(session, each, findings);
                findings.finished();
            }
        } catch (RuntimeFailure failure) {
            findings.failed(failure);
        }
        Report report = findings.report();
        boolean hasLayers = source.isPresent()
                || reference.sets().stream().anyMatch(set -> !set.layers().isEmpty());
        if (cases.isEmpty() && hasLayers) {
            cases.addAll(match(model.model().graph(), reference.sets()));
        }
        return cases.isEmpty()
                ? report
                : localised(report, model, cases, reference.sets(), findings.firstDifferent(cases), source);
    }

    private Report localised(
            Report report,
            RunnableModel model,
            List<Case> cases,
            List<Reference> sets,
            int index,
            Optional<LayerSource> source)
            throws IOException {
        Map<String, Tensor> stored = sets.get(index).layers();
        boolean differs = report.verdict() == Verdict.FAIL_CONVERSION || report.verdict() == Verdict.FAIL_RUNTIME;
        if (source.isEmpty() && (stored.isEmpty() || !differs)) {
            return report;
        }
        Localised found = new Localiser(runtime, options.session(), options::toleranceFor)
                .localise(model, cases.get(index), stored, source.orElseGet(StoredLayers::new));
        return report.with(found.localisation(), found.layers());
    }

    /** All sets, before the first is run: a reference that does not fit is told at once. */
    private static List<Case> match(Session session, List<Reference> sets) {
        List<Case> cases = new ArrayList<>();
        for (Reference set : sets) {
            cases.add(set.match(session.inputs(), session.outputs()));
        }
        return cases;
    }

    /** As above, for a model that could not be loaded. */
    private static List<Case> match(Graph graph, List<Reference> sets) {
        List<Value> inputs = graph.inputs().stream()
                .filter(input -> !graph.initializers().containsKey(input.name()))
                .toList();
        return sets.stream().map(set -> set.match(inputs, graph.outputs())).toList();
    }

    private List<Power> powers(List<Case> cases) {
        Map<String, PowerMeter> meters = new LinkedHashMap<>();
        for (Case each : cases) {
            each.outputs()
                    .forEach((name, tensor) -> meters.computeIfAbsent(
                                    name, output -> new PowerMeter(output, options.toleranceFor(tensor.type())))
                            .add(tensor));
        }
        return meters.values().stream().map(PowerMeter::power).toList();
    }

    private void run(Session session, Case each, Findings findings) {
        RunResult result = session.run(each.inputs());
        boolean first = findings.ran(result.duration(), session.placement());
        each.outputs().forEach((name, expected) -> {
            Tensor actual = result.outputs().get(name);
            OutputComparison comparison = Comparison.of(name, expected, actual, options.toleranceFor(expected.type()));
            findings.compared(each.set(), actual, comparison);
        });
        if (first && options.timedRuns() > 0) {
            repeat(session, each, result, findings);
        }
    }

    private void repeat(Session session, Case each, RunResult first, Findings findings) {
        List<Duration> durations = new ArrayList<>();
        boolean equal = true;
        long end = System.nanoTime() + LONGEST_TIMING.toNanos();
        for (int i = 0; i < options.timedRuns() && System.nanoTime() < end; i++) {
            RunResult again = session.run(each.inputs());
            durations.add(again.duration());
            equal &= sameBits(session.outputs(), first, again);
        }
        findings.repeated(durations, equal);
    }

    private static boolean sameBits(List<Value> outputs, RunResult first, RunResult again) {
        return outputs.stream().allMatch(output -> {
            Tensor one = first.outputs().get(output.name());
            Tensor other = again.outputs().get(output.name());
            return one != null
                    && other != null
                    && one.shape().equals(other.shape())
                    && one.toBytes().equals(other.toBytes());
        });
    }
}
