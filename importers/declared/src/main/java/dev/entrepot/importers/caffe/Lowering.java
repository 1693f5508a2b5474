package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.function.Function;

/** Turns one Caffe layer into ONNX nodes. */
@FunctionalInterface
interface Lowering {

    /** Adds the layer's nodes and returns one value per top. */
    List<Value> lower(LoweringContext layer);

    /** The lowering of a layer with a single top. */
    static Lowering one(Function<LoweringContext, Value> lowering) {
        return layer -> List.of(lowering.apply(layer));
    }
}
