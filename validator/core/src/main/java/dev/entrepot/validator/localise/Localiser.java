package dev.entrepot.validator.localise;

import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.onnx.io.ExternalDataPolicy;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.compare.Comparison;
import dev.entrepot.validator.compare.Metrics;
import dev.entrepot.validator.compare.OutputComparison;
import dev.entrepot.validator.compare.Tolerance;
import dev.entrepot.validator.data.Case;
import dev.entrepot.validator.report.Localisation;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.RuntimeFailure;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the first layer that differs from its source although what it reads does not. */
public final class Localiser {

    private final OnnxRuntime runtime;
    private final SessionOptions session;
    private final Function<DataType, Tolerance> tolerances;

    /**
     * @param runtime what runs the models
     * @param session how they are run
     * @param tolerances how far outputs of a type may be off; layers may also be off by a part of their greatest value
     */
    public Localiser(OnnxRuntime runtime, SessionOptions session, Function<DataType, Tolerance> tolerances) {
        this.runtime = runtime;
        this.session = session;
        this.tolerances = tolerances;
    }

    /**
     * Puts the model's values beside those of the source's layers.
     *
     * @param model the model
     * @param each the inputs
     * @param stored what the reference keeps of the layers
     * @param source tells the layers
     * @throws IOException if the disk fails
     */
    public Localised localise(RunnableModel model, Case each, Map<String, Tensor> stored, LayerSource source)
            throws IOException {
        List<SourceLayer> layers;
        try {
            layers = source.layers(each.inputs(), stored);
        } catch (LayersUnknownException e) {
            return nothing(source, each, String.valueOf(e.getMessage()));
        }
        List<Checkpoint> checkpoints = Checkpoint.match(model.model().graph(), layers);
        if (checkpoints.isEmpty()) {
            return nothing(source, each, "no value of the model carries the name of a layer");
        }
        Path folder = Files.createTempDirectory("entrepot-localise");
        try {
            return localise(new Instrument(model.model(), checkpoints), checkpoints, each, source, folder);
        } finally {
            delete(folder);
        }
    }

    private Localised localise(
            Instrument instrument, List<Checkpoint> checkpoints, Case each, LayerSource source, Path folder)
            throws IOException {
        Map<String, Tensor> inputs = new LinkedHashMap<>(each.inputs());
        inputs.putAll(instrument.truths());
        Map<Checkpoint, OutputComparison> alone = new LinkedHashMap<>();
        Map<Checkpoint, String> failures = new LinkedHashMap<>();
        String method = "scan";
        int runs = 2;
        try {
            Map<String, Tensor> values = run(instrument.alone(), inputs, folder);
            checkpoints.forEach(checkpoint -> alone.put(checkpoint, compare(checkpoint, values)));
        } catch (RuntimeFailure e) {
            method = "linear";
            runs += checkpoints.size();
            for (Checkpoint checkpoint : checkpoints) {
                try {
                    alone.put(checkpoint, compare(checkpoint, run(instrument.alone(checkpoint), inputs, folder)));
                } catch (RuntimeFailure failure) {
                    failures.put(checkpoint, String.valueOf(failure.getMessage()));
                }
            }
        }
        Map<Checkpoint, OutputComparison> whole = whole(instrument, checkpoints, each, folder);
        Optional<Checkpoint> first = checkpoints.stream()
                .filter(checkpoint -> !passed(alone.get(checkpoint)))
                .findFirst();
        List<Localisation.Layer> found = new ArrayList<>();
        for (Checkpoint checkpoint : checkpoints) {
            String failure = failures.getOrDefault(checkpoint, "");
            boolean isFirst = first.equals(Optional.of(checkpoint));
            found.add(layer(checkpoint, alone.get(checkpoint), whole.get(checkpoint), failure, isFirst));
        }
        return new Localised(summary(instrument, first, found, method, runs, each, source), found);
    }

    private Map<Checkpoint, OutputComparison> whole(
            Instrument instrument, List<Checkpoint> checkpoints, Case each, Path folder) throws IOException {
        Map<Checkpoint, OutputComparison> whole = new LinkedHashMap<>();
        try {
            Map<String, Tensor> values = run(instrument.whole(), each.inputs(), folder);
            checkpoints.forEach(checkpoint -> whole.put(checkpoint, compare(checkpoint, values)));
        } catch (RuntimeFailure e) {
            // The validation itself tells that the model does not run.
        }
        return whole;
    }

    private static Localisation summary(
            Instrument instrument,
            Optional<Checkpoint> first,
            List<Localisation.Layer> layers,
            String method,
            int runs,
            Case each,
            LayerSource source) {
        int off = (int) layers.stream().filter(layer -> !layer.pass()).count();
        List<Node> nodes = first.map(instrument::segment).orElse(List.of());
        Set<String> suspects = new LinkedHashSet<>();
        first.ifPresent(checkpoint -> suspects.add(checkpoint.layer().name()));
        nodes.forEach(node -> suspects.add(node.origin().layer()));
        suspects.remove("");
        String text = layers.stream()
                .filter(Localisation.Layer::firstBad)
                .findFirst()
                .map(layer -> text(layer, suspects, source))
                .orElseGet(() -> noneOff(layers, source));
        return new Localisation(
                method,
                source.framework(),
                each.set(),
                runs,
                layers.size(),
                off,
                nodes.stream().map(Node::name).toList(),
                List.copyOf(suspects),
                text);
    }

    private static String text(Localisation.Layer layer, Set<String> suspects, LayerSource source) {
        String why = layer.fault().isEmpty()
                ? "is %.3g off, %.3g times what is allowed".formatted(layer.maxAbs(), layer.errorOverBound())
                : layer.fault();
        String others = suspects.size() == 1
                ? ""
                : "; or a layer before it that has no value to compare: "
                        + String.join(", ", suspects.stream().skip(1).toList());
        return layer.called(source.framework()) + ", node \"" + layer.onnxNode() + "\" (" + layer.op() + "): " + why
                + ", though what it reads is right" + others;
    }

    private static String noneOff(List<Localisation.Layer> layers, LayerSource source) {
        String all = "each of " + layers.size() + " layers is right when it reads what is right";
        return layers.stream()
                .filter(layer -> layer.wholeErrorOverBound() != null && layer.wholeErrorOverBound() > 1)
                .findFirst()
                .map(layer -> all + "; in the whole, errors add up beyond what is allowed first at "
                        + layer.called(source.framework()))
                .orElse(all);
    }

    private static Localised nothing(LayerSource source, Case each, String why) {
        return new Localised(
                new Localisation("none", source.framework(), each.set(), 0, 0, 0, List.of(), List.of(), why),
                List.of());
    }

    private static Localisation.Layer layer(
            Checkpoint checkpoint,
            @Nullable OutputComparison alone,
            @Nullable OutputComparison whole,
            String failure,
            boolean first) {
        Optional<Metrics> metrics = Optional.ofNullable(alone).flatMap(OutputComparison::metrics);
        return new Localisation.Layer(
                checkpoint.node().name(),
                checkpoint.node().op(),
                checkpoint.value().name(),
                checkpoint.layer().name(),
                checkpoint.layerType(),
                true,
                metrics.map(Metrics::maxAbsolute).orElse(null),
                metrics.map(Metrics::maxErrorOverBound).orElse(null),
                Optional.ofNullable(whole)
                        .flatMap(OutputComparison::metrics)
                        .map(Metrics::maxErrorOverBound)
                        .orElse(null),
                failure.isEmpty() ? fault(alone) : failure,
                passed(alone),
                first);
    }

    private static String fault(@Nullable OutputComparison comparison) {
        if (comparison == null
                || comparison.passed()
                || comparison.metrics().isPresent() && notFinite(comparison) == 0) {
            return "";
        }
        return comparison.fault().isEmpty()
                ? comparison.mismatches() + " of " + comparison.elements() + " elements differ, "
                        + notFinite(comparison) + " are not finite in only one of both"
                : comparison.fault();
    }

    private static long notFinite(OutputComparison comparison) {
        return comparison.nanDifferences() + comparison.infinityDifferences();
    }

    private static boolean passed(@Nullable OutputComparison comparison) {
        return comparison != null && comparison.passed();
    }

    private OutputComparison compare(Checkpoint checkpoint, Map<String, Tensor> values) {
        Tensor truth = checkpoint.truth();
        String name = checkpoint.value().name();
        return Comparison.of(name, truth, values.get(name), LayerTolerance.of(tolerances.apply(truth.type()), truth));
    }

    private Map<String, Tensor> run(Model model, Map<String, Tensor> inputs, Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "model", ".onnx");
        OnnxWriter.write(model, file, ExternalDataPolicy.WHEN_TOO_LARGE);
        try (RunnableModel runnable = RunnableModel.open(file);
                Session opened = runtime.open(runnable, session)) {
            Map<String, Tensor> taken = new LinkedHashMap<>();
            opened.inputs().forEach(input -> {
                Tensor value = inputs.get(input.name());
                if (value != null) {
                    taken.put(input.name(), value);
                }
            });
            return opened.run(taken).outputs();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
