package dev.entrepot.importers.torch.modules.vision;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;

/** What many networks end in. */
final class Heads {

    private Heads() {}

    /** [N, C, H, W] to the mean of each channel, [N, C]. */
    static IValue meansOfChannels(BoundModule self, IValue x) {
        return flat(self, self.call("aten::adaptive_avg_pool2d", x, IValue.ints(1, 1)));
    }

    /** [N, ...] to [N, all the rest]. */
    static IValue flat(BoundModule self, IValue x) {
        return self.call("aten::flatten", x, IValue.of(1), IValue.of(-1));
    }

    /** Calls a child, or nothing where files of this age have none. */
    static IValue runIfPresent(BoundModule self, String child, IValue x) {
        return self.has(child) ? self.run(child, x) : x;
    }
}
