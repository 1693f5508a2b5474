package dev.entrepot.validator.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A loaded model that answers many callers. May be run by several threads at once; nothing of a run is measured. */
public final class ServingSession implements AutoCloseable {

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final Map<String, OnnxTensorLike> outside;
    private final Setup setup;
    private final List<Value> inputs;
    private final List<Value> outputs;

    ServingSession(OrtEnvironment environment, OrtSession session, Map<String, OnnxTensorLike> outside, Setup setup)
            throws OrtException {
        this.environment = environment;
        this.session = session;
        this.outside = outside;
        this.setup = setup;
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

    /**
     * Runs the model.
     *
     * @param given the inputs by name
     * @param wanted the outputs to compute
     * @return them by name, in memory
     * @throws RuntimeFailure if ONNX Runtime fails, or an input or output has a type its Java binding lacks
     */
    public Map<String, Tensor> run(Map<String, Tensor> given, Set<String> wanted) {
        Map<String, OnnxTensor> feed = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : given.entrySet()) {
                feed.put(input.getKey(), OrtTensors.toOrt(environment, input.getKey(), input.getValue()));
            }
            try (OrtSession.Result result = session.run(feed, wanted)) {
                Map<String, Tensor> values = new LinkedHashMap<>();
                for (String name : wanted) {
                    values.put(name, OrtTensors.fromOrt(name, result.get(name).orElseThrow()));
                }
                return values;
            }
        } catch (OrtException e) {
            throw new RuntimeFailure(RuntimeFailure.Stage.RUN, OrtWords.of(e));
        } finally {
            feed.values().forEach(OnnxTensor::close);
        }
    }

    /** To be closed once no thread runs it any more. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } finally {
            outside.values().forEach(OnnxTensorLike::close);
        }
    }
}
