package dev.entrepot.validator.oracles.caffe.fuzz;

import static java.util.Map.entry;

import java.util.Map;

/** The layer types that {@code V1LayerParameter.LayerType} has. */
final class OldTypes {

    /** The word of each type. Source: caffe upgrade_proto.cpp, UpgradeV1LayerType. */
    static final Map<String, String> WORDS = Map.ofEntries(
            entry("AbsVal", "ABSVAL"),
            entry("ArgMax", "ARGMAX"),
            entry("BNLL", "BNLL"),
            entry("Concat", "CONCAT"),
            entry("Convolution", "CONVOLUTION"),
            entry("Deconvolution", "DECONVOLUTION"),
            entry("Dropout", "DROPOUT"),
            entry("Eltwise", "ELTWISE"),
            entry("Exp", "EXP"),
            entry("Flatten", "FLATTEN"),
            entry("Im2col", "IM2COL"),
            entry("InnerProduct", "INNER_PRODUCT"),
            entry("LRN", "LRN"),
            entry("MVN", "MVN"),
            entry("Pooling", "POOLING"),
            entry("Power", "POWER"),
            entry("ReLU", "RELU"),
            entry("Sigmoid", "SIGMOID"),
            entry("Silence", "SILENCE"),
            entry("Slice", "SLICE"),
            entry("Softmax", "SOFTMAX"),
            entry("Split", "SPLIT"),
            entry("TanH", "TANH"),
            entry("Threshold", "THRESHOLD"));

    private OldTypes() {}
}
