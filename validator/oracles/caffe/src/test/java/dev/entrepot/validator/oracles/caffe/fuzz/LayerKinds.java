package dev.entrepot.validator.oracles.caffe.fuzz;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every layer type of BVLC Caffe 1.0 that a net at deploy time can have. */
final class LayerKinds {

    /** Who draws each type, and two layers that share their weights. */
    static final Map<String, LayerKind> TABLE = new TreeMap<>(Map.ofEntries(
            entry("AbsVal", NeuronLayers::absVal),
            entry("ArgMax", CommonLayers::argMax),
            entry("Axpy", CommonLayers::axpy),
            entry("BNLL", NeuronLayers.plain("BNLL")),
            entry("BatchNorm", CommonLayers::batchNorm),
            entry("BatchReindex", ShapeLayers::batchReindex),
            entry("Bias", CommonLayers::bias),
            entry("Concat", ShapeLayers::concat),
            entry("Convolution", WindowLayers::convolution),
            entry("Crop", ShapeLayers::crop),
            entry("Deconvolution", WindowLayers::deconvolution),
            entry("Dropout", NeuronLayers::dropout),
            entry("DummyData", ShapeLayers::dummyData),
            entry("ELU", NeuronLayers::elu),
            entry("Eltwise", CommonLayers::eltwise),
            entry("Embed", CommonLayers::embed),
            entry("Exp", NeuronLayers::exp),
            entry("Filter", ShapeLayers::filter),
            entry("Flatten", ShapeLayers::flatten),
            entry("Im2col", WindowLayers::im2col),
            entry("InnerProduct", CommonLayers::innerProduct),
            entry("LRN", PoolingLayers::lrn),
            entry("LSTM", RecurrentLayers::lstm),
            entry("LSTMUnit", RecurrentLayers::lstmUnit),
            entry("Log", NeuronLayers::log),
            entry("MVN", CommonLayers::mvn),
            entry("PReLU", NeuronLayers::prelu),
            entry("Parameter", ShapeLayers::parameter),
            entry("Pooling", PoolingLayers::pooling),
            entry("Power", NeuronLayers::power),
            entry("RNN", RecurrentLayers::rnn),
            entry("ReLU", NeuronLayers::relu),
            entry("Reduction", CommonLayers::reduction),
            entry("Reshape", ShapeLayers::reshape),
            entry("SPP", PoolingLayers::spp),
            entry("Scale", CommonLayers::scale),
            entry("SharedWeights", CommonLayers::sharedWeights),
            entry("Sigmoid", NeuronLayers.plain("Sigmoid")),
            entry("Silence", ShapeLayers::silence),
            entry("Slice", ShapeLayers::slice),
            entry("Softmax", CommonLayers::softmax),
            entry("Split", ShapeLayers::split),
            entry("TanH", NeuronLayers.plain("TanH")),
            entry("Threshold", NeuronLayers::threshold),
            entry("Tile", ShapeLayers::tile)));

    /** Types whose results no further layer can use. */
    private static final Set<String> LONERS = Set.of("Silence", "Filter");

    /** The types that nets are made of. */
    static final List<String> FOR_NETS =
            TABLE.keySet().stream().filter(type -> !LONERS.contains(type)).toList();

    private LayerKinds() {}
}
