package dev.entrepot.validator.oracles.libtorch;

import dev.entrepot.bytes.FileSource;
import dev.entrepot.formats.npy.Npz;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.JitModule;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch on the CPU, without gradients and without its graph optimiser.
 *
 * <p>Source: pytorch torch/csrc/jit/api/module.h and object.h.
 */
final class TorchEngine {

    private static final QualifiedName CLASS = new QualifiedName("__torch__.Program");

    /** @throws LinkageError if libtorch's libraries do not load */
    TorchEngine(int threads) {
        Loader.load(torch.class);
        torch.set_num_threads(threads);
        torch.setGraphExecutorOptimize(false);
    }

    /**
     * Runs {@code forward} once.
     *
     * @return the outputs as {@link Outputs} names them
     * @throws RefusedException if the inputs do not fit or an output is no tensor
     * @throws IOException if an .npz cannot be read
     * @throws RuntimeException with libtorch's own words, if it says no
     */
    Map<String, Tensor> forward(Request.Module module, Map<String, Tensor> inputs)
            throws RefusedException, IOException {
        try (var scope = new PointerScope();
                var guard = new NoGradGuard()) {
            JitModule loaded = load(module);
            Arguments arguments = Arguments.of(loaded, inputs);
            IValue returned = loaded.forward(arguments.positional(), arguments.keywords());
            return Outputs.of(returned);
        }
    }

    private static JitModule load(Request.Module module) throws RefusedException, IOException {
        if (module instanceof Request.Module.Archive archive) {
            JitModule loaded = torch.load(archive.file().toString());
            loaded.eval();
            return loaded;
        }
        Request.Module.Source source = (Request.Module.Source) module;
        JitModule compiled = compile(source);
        JitModule finished = source.isFrozen() ? torch.freeze(compiled) : compiled;
        finished.save(source.saved().toString());
        return finished;
    }

    private static JitModule compile(Request.Module.Source source) throws RefusedException, IOException {
        var module = new JitModule(CLASS);
        try (var parameters = FileSource.open(source.parameters());
                var buffers = FileSource.open(source.buffers())) {
            for (Map.Entry<String, Tensor> parameter : Npz.read(parameters).entrySet()) {
                module.register_parameter(parameter.getKey(), TorchTensors.toTorch(parameter.getValue()), false);
            }
            for (Map.Entry<String, Tensor> buffer : Npz.read(buffers).entrySet()) {
                module.register_buffer(buffer.getKey(), TorchTensors.toTorch(buffer.getValue()));
            }
        }
        module.register_attribute("training", new Type.TypePtr(BoolType.get().get()), new IValue(false));
        module.define(source.text());
        return module;
    }
}
