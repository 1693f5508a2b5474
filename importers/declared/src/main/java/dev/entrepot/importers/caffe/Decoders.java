package dev.entrepot.importers.caffe;

import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Layers that read a sequence of symbols from the likelihoods of each step. */
final class Decoders {

    private static final int FLOAT = 1;
    private static final int LONG = 7;

    private Decoders() {}

    /**
     * [T, N, C] and marks [T, N], 0 where a new sequence begins -> the first sequence's likeliest symbols without blanks and repetitions,
     * [N, T, 1, 1] filled up with -1, and maybe the sum of their negative scores [N, 1, 1, 1]. Source: baidu warp-ctc's Caffe layers,
     * ctc_decoder_layer.cpp.
     */
    static List<Value> ctcGreedyDecoder(LoweringContext layer) {
        Parameters parameters = layer.parameters("ctc_decoder_param");
        Value x = layer.input(0);
        if (layer.inputs().size() != 2 || layer.rank(x) != 3 || layer.topCount() > 2) {
            throw layer.unsupported(
                    "has " + layer.inputs().size() + " bottoms and " + layer.topCount()
                            + " tops; likelihoods [T, N, C] and marks give a sequence and a score, an accuracy is for training");
        }
        long blank = parameters.longOr("blank_index", -1);
        boolean merges = parameters.boolOr("ctc_merge_repeated", true);
        long symbolOfBlank = blank < 0 ? layer.size(x, 2) - 1 : blank;
        Value best = layer.add("ArgMax", Attributes.of("axis", 2).with("keepdims", 0), x);
        Value active = isActive(layer);
        Value isSymbol = layer.add("Not", layer.add("Equal", best, layer.graph().integer("blank", symbolOfBlank)));
        Value counts = layer.add("And", active, isSymbol);
        if (merges) {
            counts = layer.add("And", counts, layer.add("Not", layer.add("Equal", best, shifted(layer, best))));
        }
        List<Value> tops = new ArrayList<>(List.of(packed(layer, best, counts)));
        if (layer.topCount() == 2) {
            Value scores = layer.add("ReduceMax", Attributes.of("keepdims", 0), x, layer.ints(2));
            Value counted = layer.add("Mul", scores, layer.add("Cast", Attributes.of("to", FLOAT), active));
            Value sum = layer.add("Neg", layer.add("ReduceSum", Attributes.of("keepdims", 0), counted, layer.ints(0)));
            tops.add(layer.reshape(sum, -1, 1, 1, 1));
        }
        return tops;
    }

    /** Whether no sequence but the first has begun: [T, N]. */
    private static Value isActive(LoweringContext layer) {
        Value marks = layer.reshape(layer.input(1), 0, -1);
        Value begins = layer.add("Cast", Attributes.of("to", LONG), layer.add("Equal", marks, layer.scalar(0)));
        Value later = layer.add("Slice", begins, layer.ints(1), layer.ints(Long.MAX_VALUE), layer.ints(0));
        Value none = layer.graph().integer("none", 0);
        Value counted = layer.add("Pad", later, layer.ints(1, 0, 0, 0), none);
        Value begun = layer.add("CumSum", counted, layer.graph().integer("steps", 0));
        return layer.add("Equal", begun, none);
    }

    /** Each step's symbol at the next step; -1 before the first. */
    private static Value shifted(LoweringContext layer, Value best) {
        Value earlier = layer.add("Slice", best, layer.ints(0), layer.ints(-1), layer.ints(0));
        return layer.add("Pad", earlier, layer.ints(1, 0, 0, 0), layer.graph().integer("before", -1));
    }

    /** The symbols that count, one after the other: what does not count is written behind the last place, which is cut away. */
    private static Value packed(LoweringContext layer, Value best, Value counts) {
        Value steps = layer.add("Shape", Attributes.of("start", 0).with("end", 1), best);
        Value number = layer.add("Cast", Attributes.of("to", LONG), counts);
        Value place = layer.add(
                "CumSum", Attributes.of("exclusive", 1), number, layer.graph().integer("steps", 0));
        Value target = layer.add("Where", counts, place, steps);
        Value symbols = layer.add("Cast", Attributes.of("to", FLOAT), best);
        Value shape = layer.add("Add", layer.add("Shape", best), layer.ints(1, 0));
        Value empty = layer.add("Expand", layer.scalar(-1), shape);
        Value written = layer.add("ScatterElements", Attributes.of("axis", 0), empty, target, symbols);
        Value cut = layer.add("Slice", written, layer.ints(0), steps, layer.ints(0));
        Value byItem = layer.add("Transpose", Attributes.of("perm", 1, 0), cut);
        return layer.add("Unsqueeze", byItem, layer.ints(2, 3));
    }
}
