package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;

/** Modules that hold others, or do nothing. Source: torch/nn/modules/container.py, dropout.py, linear.py; torch/nn/parallel. */
public final class Containers {

    private Containers() {}

    /** {@code torch.nn.modules.container.Sequential}: its modules one after the other. */
    public static IValue sequential(BoundModule self, IValue x) {
        return self.throughAll(x);
    }

    /** A wrapper that calls the module it wraps: {@code torch.nn.parallel.data_parallel.DataParallel}. */
    public static IValue dataParallel(BoundModule self, IValue x) {
        return self.run("module", x);
    }

    /** {@code torch._dynamo.eval_frame.OptimizedModule}, which torch.compile wraps around a module. */
    public static IValue optimizedModule(BoundModule self, IValue x) {
        return self.run("_orig_mod", x);
    }

    /** What gives its input: Identity, and at inference every dropout. */
    public static IValue identity(BoundModule self, IValue x) {
        return x;
    }
}
