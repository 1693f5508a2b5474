package dev.entrepot.validator.oracles.libtorch.fuzz;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.io.OnnxWriter;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.validator.run.OnnxRuntime;
import dev.entrepot.validator.run.Optimization;
import dev.entrepot.validator.run.ProviderChoice;
import dev.entrepot.validator.run.RunnableModel;
import dev.entrepot.validator.run.Session;
import dev.entrepot.validator.run.SessionOptions;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** ONNX Runtime on one thread of the CPU. */
public final class OnnxRun {

    private static final SessionOptions CPU =
            SessionOptions.DEFAULT.withProvider(ProviderChoice.CPU).withThreads(1);

    private final OnnxRuntime runtime;

    private OnnxRun(OnnxRuntime runtime) {
        this.runtime = runtime;
    }

    /** Loads ONNX Runtime. */
    public static OnnxRun start() {
        return new OnnxRun(OnnxRuntime.start());
    }

    /**
     * A model's outputs, optimised.
     *
     * @throws dev.entrepot.validator.run.RuntimeFailure if ONNX Runtime does not take or run it
     */
    public Map<String, Tensor> outputs(Model model, Map<String, Tensor> inputs) throws IOException {
        return outputs(model, inputs, Optimization.ALL);
    }

    Map<String, Tensor> outputs(Model model, Map<String, Tensor> inputs, Optimization optimization) throws IOException {
        try (RunnableModel runnable = RunnableModel.of(ByteSource.of("program.onnx", OnnxWriter.toBytes(model)));
                Session session = runtime.open(runnable, CPU.withOptimization(optimization))) {
            return session.run(matched(session, inputs)).outputs();
        }
    }

    /** By name where the model has it, otherwise in order; an input that nothing reads may be gone from the model. */
    private static Map<String, Tensor> matched(Session session, Map<String, Tensor> given) {
        var inputs = new LinkedHashMap<String, Tensor>();
        Iterator<Tensor> inOrder = given.values().iterator();
        session.inputs().forEach(input -> {
            Tensor next = inOrder.hasNext() ? inOrder.next() : null;
            Tensor named = given.getOrDefault(input.name(), next);
            if (named != null) {
                inputs.put(input.name(), named);
            }
        });
        return inputs;
    }
}
