package dev.entrepot.importers.torch.aten;

import dev.entrepot.onnx.graph.Value;

/** The other direction of a view: what its base becomes when the view is written. */
@FunctionalInterface
public interface WriteBack {

    /**
     * The base with the part that a view shows replaced.
     *
     * @param call the call that made the view; its tensor argument is the base as it is now
     * @param output which of the operator's results the view is, from 0
     * @param changed the view's new value
     */
    Value write(AtenCall call, int output, Value changed);
}
