package dev.entrepot.validator.run;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** ONNX Runtime in this process. */
public final class OnnxRuntime {

    private static final String TF32_VARIABLE = "NVIDIA_TF32_OVERRIDE";

    /** How ONNX Runtime starts the message when the device, not the model, is at fault. Source: core/providers/cuda/cuda_call.cc. */
    private static final Pattern DEVICE_FAULT = Pattern.compile("(CUDA|CUDNN|CUBLAS) failure \\d+");

    private final OrtEnvironment environment;
    private final Map<String, String> variables;

    private OnnxRuntime(OrtEnvironment environment, Map<String, String> variables) {
        this.environment = environment;
        this.variables = variables;
    }

    /**
     * Loads the native libraries, once in a process. They come from the folder named by {@code ENTREPOT_ORT_NATIVES}, else from the user's
     * cache, where they are put at first use.
     *
     * @throws ProviderUnavailableException if they cannot be loaded, with the reason
     */
    public static OnnxRuntime start() {
        Map<String, String> variables = System.getenv();
        Natives.prepare(variables, OrtException.class);
        try {
            OrtEnvironment environment =
                    OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "entrepot");
            return new OnnxRuntime(environment, variables);
        } catch (LinkageError | RuntimeException e) {
            throw new ProviderUnavailableException("ONNX Runtime's libraries do not load: " + OrtWords.of(e));
        }
    }

    /** Its version, such as {@code 1.28.0}. */
    public String version() {
        return environment.getVersion();
    }

    /**
     * Loads a model. The session is profiled until its first run is over, to tell where the nodes ran.
     *
     * @throws ProviderUnavailableException if CUDA was asked for and cannot be used
     * @throws RuntimeFailure if ONNX Runtime refuses the model
     */
    public Session open(RunnableModel model, SessionOptions options) {
        return switch (options.provider()) {
            case CPU -> open(model, options, Provider.CPU, "asked for");
            case CUDA -> open(model, options, Provider.CUDA, "asked for");
            case AUTO -> openBest(model, options);
        };
    }

    /**
     * Loads a model to answer many callers with. It is not profiled, and its threads sleep between two runs.
     *
     * @throws ProviderUnavailableException if CUDA was asked for and cannot be used
     * @throws RuntimeFailure if ONNX Runtime refuses the model
     */
    public ServingSession serve(RunnableModel model, SessionOptions options) {
        return switch (options.provider()) {
            case CPU -> serve(model, options, Provider.CPU, "asked for");
            case CUDA -> serve(model, options, Provider.CUDA, "asked for");
            case AUTO -> serveBest(model, options);
        };
    }

    private ServingSession serveBest(RunnableModel model, SessionOptions options) {
        try {
            return serve(model, options, Provider.CUDA, "CUDA's libraries load");
        } catch (ProviderUnavailableException | RuntimeFailure e) {
            return serve(model, options, Provider.CPU, "CUDA was not used: " + e.getMessage());
        }
    }

    private ServingSession serve(RunnableModel model, SessionOptions options, Provider provider, String reason) {
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, OnnxTensorLike> outside = new LinkedHashMap<>();
        try (OrtSession.SessionOptions ort = new OrtSession.SessionOptions()) {
            configure(ort, options, settings);
            if (provider == Provider.CUDA) {
                addCuda(ort, options, settings);
            }
            ort.addConfigEntry("session.intra_op.allow_spinning", "0");
            settings.put("session.intra_op.allow_spinning", "0");
            addOutside(model, ort, outside);
            OrtSession session = environment.createSession(model.bytes(), ort);
            return new ServingSession(environment, session, outside, new Setup(version(), provider, reason, settings));
        } catch (OrtException | RuntimeException e) {
            outside.values().forEach(OnnxTensorLike::close);
            throw failure(provider, e);
        }
    }

    private Session openBest(RunnableModel model, SessionOptions options) {
        String reason;
        try {
            return open(model, options, Provider.CUDA, "CUDA's libraries load");
        } catch (ProviderUnavailableException | RuntimeFailure e) {
            reason = "CUDA was not used: " + e.getMessage();
        }
        return open(model, options, Provider.CPU, reason);
    }

    private Session open(RunnableModel model, SessionOptions options, Provider provider, String reason) {
        Map<String, String> settings = new LinkedHashMap<>();
        try (OrtSession.SessionOptions ort = new OrtSession.SessionOptions()) {
            configure(ort, options, settings);
            if (provider == Provider.CUDA) {
                addCuda(ort, options, settings);
            }
            Path profiles = Files.createTempDirectory("entrepot-profile");
            ort.enableProfiling(profiles.resolve("ort").toString());
            return load(model, ort, new Setup(version(), provider, reason, settings), profiles);
        } catch (OrtException e) {
            throw new RuntimeFailure(RuntimeFailure.Stage.LOAD, OrtWords.of(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Session load(RunnableModel model, OrtSession.SessionOptions ort, Setup setup, Path profiles) {
        Map<String, OnnxTensorLike> outside = new LinkedHashMap<>();
        Profiling profiling = new Profiling(profiles, setup.provider());
        try {
            addOutside(model, ort, outside);
            long start = System.nanoTime();
            OrtSession session = environment.createSession(model.bytes(), ort);
            return new Session(
                    environment, session, outside, setup, Duration.ofNanos(System.nanoTime() - start), profiling);
        } catch (OrtException | RuntimeException e) {
            outside.values().forEach(OnnxTensorLike::close);
            profiling.discard();
            throw failure(setup.provider(), e);
        }
    }

    private void addOutside(RunnableModel model, OrtSession.SessionOptions ort, Map<String, OnnxTensorLike> outside)
            throws OrtException {
        for (Map.Entry<String, Tensor> tensor : model.outside().entrySet()) {
            outside.put(tensor.getKey(), OrtTensors.toOrt(environment, tensor.getKey(), tensor.getValue()));
        }
        if (!outside.isEmpty()) {
            ort.addExternalInitializers(outside);
        }
    }

    private static RuntimeException failure(Provider provider, Exception e) {
        String message = OrtWords.of(e);
        if (provider == Provider.CUDA && DEVICE_FAULT.matcher(message).find()) {
            return new ProviderUnavailableException(message);
        }
        if (e instanceof ProviderUnavailableException unavailable) {
            return unavailable;
        }
        return e instanceof RuntimeFailure failure ? failure : new RuntimeFailure(RuntimeFailure.Stage.LOAD, message);
    }

    private static void configure(OrtSession.SessionOptions ort, SessionOptions options, Map<String, String> settings)
            throws OrtException {
        ort.setOptimizationLevel(
                switch (options.optimization()) {
                    case NONE -> OptLevel.NO_OPT;
                    case BASIC -> OptLevel.BASIC_OPT;
                    case EXTENDED -> OptLevel.EXTENDED_OPT;
                    case ALL -> OptLevel.ALL_OPT;
                });
        settings.put("graph_optimization_level", options.optimization().name().toLowerCase(Locale.ROOT));
        if (options.threads() > 0) {
            ort.setIntraOpNumThreads(options.threads());
        }
        settings.put("intra_op_num_threads", String.valueOf(options.threads()));
        ort.setDeterministicCompute(true);
        settings.put("session.use_deterministic_compute", "1");
        // ONNX Runtime's own flatbuffer format has another loader, which strangers' files must not reach.
        ort.addConfigEntry("session.load_model_format", "ONNX");
        settings.put("session.load_model_format", "ONNX");
    }

    private void addCuda(OrtSession.SessionOptions ort, SessionOptions options, Map<String, String> settings) {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new ProviderUnavailableException("this build of ONNX Runtime " + version()
                    + " has no CUDA provider; build with -Pcuda for CUDA 12, or name a folder of natives for CUDA 13 in "
                    + Natives.VARIABLE);
        }
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
            String tf32 = options.tf32() == Tf32.ON ? "1" : "0";
            cuda.add("use_tf32", tf32);
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            ort.addCUDA(cuda);
            settings.put("use_tf32", tf32);
            settings.put("cudnn_conv_algo_search", "HEURISTIC");
            settings.put(TF32_VARIABLE, variables.getOrDefault(TF32_VARIABLE, "not set"));
        } catch (OrtException | LinkageError e) {
            throw new ProviderUnavailableException("CUDA's libraries do not load: " + OrtWords.of(e));
        }
    }
}
