package dev.entrepot.validator.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A loaded model. Not for several threads at once. */
public final class Session implements AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, OnnxTensorLike> outside;
    private final Setup setup;
    private final Duration loadTime;
    private final Profiling profiling;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private @Nullable Placement placement;

    Session(
            OrtEnvironment environment,
            OrtSession session,
            Map<String, OnnxTensorLike> outside,
            Setup setup,
            Duration loadTime,
            Profiling profiling)
            throws OrtException {
        this.environment = environment;
        this.session = session;
        this.outside = outside;
        this.setup = setup;
        this.loadTime = loadTime;
        this.profiling = profiling;
        this.inputs = session.getInputInfo().values().stream()
                .map(OrtTensors::declared)
                .toList();
        this.outputs = session.getOutputInfo().values().stream()
                .map(OrtTensors::declared)
                .toList();
    }

    /** The inputs that must be given, as the model declares them. */
    public List<Value> inputs() {
        return inputs;
    }

    /** The outputs, as the model declares them. */
    public List<Value> outputs() {
        return outputs;
    }

    /** How the session came to be. */
    public Setup setup() {
        return setup;
    }

    /** The time ONNX Runtime took to load the model. */
    public Duration loadTime() {
        return loadTime;
    }

    /** Where the nodes ran; known after the first run. */
    public Optional<Placement> placement() {
        return Optional.ofNullable(placement);
    }

    /**
     * Runs the model.
     *
     * @param given the inputs by name
     * @throws RuntimeFailure if ONNX Runtime fails, or an input or output has a type its Java binding lacks
     */
    public RunResult run(Map<String, Tensor> given) {
        Map<String, OnnxTensor> feed = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : given.entrySet()) {
                feed.put(input.getKey(), OrtTensors.toOrt(environment, input.getKey(), input.getValue()));
            }
            long start = System.nanoTime();
            try (OrtSession.Result result = session.run(feed)) {
                Duration duration = Duration.ofNanos(System.nanoTime() - start);
                endProfile();
                Map<String, Tensor> values = new LinkedHashMap<>();
                for (Value output : outputs) {
                    values.put(
                            output.name(),
                            OrtTensors.fromOrt(
                                    output.name(), result.get(output.name()).orElseThrow()));
                }
                return new RunResult(values, duration);
            }
        } catch (OrtException e) {
            throw new RuntimeFailure(RuntimeFailure.Stage.RUN, OrtWords.of(e));
        } finally {
            feed.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } finally {
            outside.values().forEach(OnnxTensorLike::close);
            profiling.discard();
        }
    }

    private void endProfile() throws OrtException {
        if (placement == null) {
            placement = profiling.end(session);
        }
    }
}
