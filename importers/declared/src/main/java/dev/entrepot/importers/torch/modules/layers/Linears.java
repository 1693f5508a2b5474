package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;

/** Matrix products and tables of vectors. Source: torch/nn/modules/linear.py, sparse.py. */
public final class Linears {

    private Linears() {}

    /** {@code torch.nn.modules.linear.Linear}: [*, in] to [*, out]. */
    public static IValue linear(BoundModule self, IValue x) {
        return self.call("aten::linear", x, self.tensor("weight"), self.tensor("bias"));
    }

    /** {@code torch.nn.modules.sparse.Embedding}: whole numbers [*] to [*, embedding]. */
    public static IValue embedding(BoundModule self, IValue x) {
        refuseRenormalisation(self);
        return self.call("aten::embedding", self.tensor("weight"), x);
    }

    /** {@code torch.nn.modules.sparse.EmbeddingBag} of bags of equal length: whole numbers [N, L] to [N, embedding]. */
    public static IValue embeddingBag(BoundModule self, IValue x) {
        refuseRenormalisation(self);
        if (self.isSet("padding_idx")) {
            throw self.unsupported("leaves out index " + self.attribute("padding_idx") + " (padding_idx)");
        }
        IValue vectors = self.call("aten::embedding", self.tensor("weight"), x);
        String mode = self.text("mode", "mean");
        return switch (mode) {
            case "sum" -> self.call("aten::sum", vectors, IValue.ints(1));
            case "mean" -> self.call("aten::mean", vectors, IValue.ints(1));
            case "max" -> self.call("aten::amax", vectors, IValue.ints(1));
            default -> throw self.malformed("has mode \"" + mode + "\", expected sum, mean or max");
        };
    }

    private static void refuseRenormalisation(BoundModule self) {
        if (self.isSet("max_norm")) {
            throw self.unsupported("rescales its table when it is used (max_norm " + self.attribute("max_norm") + ")");
        }
    }
}
