package dev.entrepot.validator.run;

/**
 * How a model is run.
 *
 * @param provider where
 * @param optimization how much the graph may be changed
 * @param threads the threads of one operator; 0 leaves it to ONNX Runtime
 * @param tf32 whether CUDA may use TensorFloat-32
 */
public record SessionOptions(ProviderChoice provider, Optimization optimization, int threads, Tf32 tf32) {

    /** On the best provider there is, as users run it, but without TensorFloat-32. */
    public static final SessionOptions DEFAULT = new SessionOptions(ProviderChoice.AUTO, Optimization.ALL, 0, Tf32.OFF);

    /** @throws IllegalArgumentException if the number of threads is negative */
    public SessionOptions {
        if (threads < 0) {
            throw new IllegalArgumentException("threads must not be negative, got " + threads);
        }
    }

    /** These options with another provider. */
    public SessionOptions withProvider(ProviderChoice choice) {
        return new SessionOptions(choice, optimization, threads, tf32);
    }

    /** These options with another optimization. */
    public SessionOptions withOptimization(Optimization level) {
        return new SessionOptions(provider, level, threads, tf32);
    }

    /** These options with another number of threads. */
    public SessionOptions withThreads(int count) {
        return new SessionOptions(provider, optimization, count, tf32);
    }
}
