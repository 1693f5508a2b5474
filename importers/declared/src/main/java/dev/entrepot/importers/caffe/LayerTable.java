package dev.entrepot.importers.caffe;

import static dev.entrepot.importers.caffe.Lowering.one;
import static java.util.Map.entry;

import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.importers.caffe.Support.Dropped;
import dev.entrepot.importers.caffe.Support.Lowered;
import dev.entrepot.importers.caffe.Support.Reduced;
import dev.entrepot.importers.caffe.Support.Refused;
import dev.entrepot.onnx.graph.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Every Caffe layer type that is known, of BVLC Caffe and its forks, and what becomes of it. The only such list. */
public final class LayerTable {

    // @formatter:off
    // spotless:off
    private static final Map<String, Support> TABLE = Map.ofEntries(
            lower("AbsVal", Activations::absVal),
            drop("Accuracy", "a metric"),
            lower("ArgMax", Shapes::argMax),
            lower("Axpy", Arithmetic::axpy),
            lower("BNLL", Activations::bnll),
            lower("BatchNorm", Normalizations::batchNorm),
            lower("Bias", Arithmetic::bias),
            lower("Clip", Activations::clip),
            lower("Concat", Shapes::concat),
            drop("ContrastiveLoss", "a loss"),
            lowerEach("Convolution", Convolutions::convolution),
            lowerEach("ConvolutionDepthwise", Convolutions::depthwise),
            lower("Crop", Shapes::crop),
            reduce("Data", "an input", Feeding::images),
            lowerEach("Deconvolution", Convolutions::deconvolution),
            lowerEach("DepthwiseConvolution", Convolutions::depthwise),
            lower("Dropout", Activations::dropout),
            lowerAll("DummyData", Feeding::dummyData),
            lower("ELU", Activations::elu),
            lower("Eltwise", Arithmetic::eltwise),
            lower("Embed", Shapes::embed),
            drop("EuclideanLoss", "a loss"),
            lower("Exp", Activations::exp),
            lower("Flatten", Shapes::flatten),
            reduce("HDF5Data", "inputs", Feeding::unshaped),
            drop("HDF5Output", "writes files"),
            drop("HingeLoss", "a loss"),
            reduce("ImageData", "an input", Feeding::images),
            drop("InfogainLoss", "a loss"),
            lower("InnerProduct", Convolutions::innerProduct),
            lowerAll("Input", Feeding::input),
            lower("LRN", Normalizations::lrn),
            lower("Log", Activations::log),
            lower("MVN", Normalizations::mvn),
            reduce("MemoryData", "an input", Feeding::memoryData),
            drop("MultinomialLogisticLoss", "a loss"),
            lower("PReLU", Activations::prelu),
            lower("Parameter", Feeding::parameter),
            lowerAll("Pooling", Pooling::pooling),
            lower("Power", Activations::power),
            lower("ReLU", Activations::relu),
            lower("Reduction", Shapes::reduction),
            lower("Reshape", Shapes::reshape),
            lower("Scale", Arithmetic::scale),
            lower("Sigmoid", Activations::sigmoid),
            reduce("SigmoidCrossEntropyLoss", "its sigmoid", Feeding::sigmoidOfLoss),
            lowerAll("Silence", layer -> List.of()),
            lowerAll("Slice", Shapes::slice),
            lower("Softmax", Arithmetic::softmax),
            reduce("SoftmaxWithLoss", "its softmax", Feeding::softmaxOfLoss),
            lowerAll("Split", Shapes::split),
            lower("Swish", Activations::swish),
            lower("TanH", Activations::tanh),
            lower("Threshold", Activations::threshold),
            lower("Tile", Shapes::tile),
            reduce("WindowData", "an input", Feeding::images));
    // spotless:on
    // @formatter:on

    private LayerTable() {}

    /** What becomes of a layer, if its type is known. */
    static Optional<Support> find(CaffeLayer layer) {
        return Optional.ofNullable(TABLE.get(layer.type()));
    }

    /** All layer types, sorted, with what becomes of them. */
    public static Map<String, Support> all() {
        return Collections.unmodifiableMap(new TreeMap<>(TABLE));
    }

    private static Map.Entry<String, Support> lower(String type, Function<LoweringContext, Value> lowering) {
        return entry(type, new Lowered(one(lowering)));
    }

    private static Map.Entry<String, Support> lowerAll(String type, Lowering lowering) {
        return entry(type, new Lowered(lowering));
    }

    private static Map.Entry<String, Support> lowerEach(String type, Function<LoweringContext, Value> lowering) {
        return entry(type, new Lowered(layer -> Convolutions.shared(layer, lowering)));
    }

    private static Map.Entry<String, Support> reduce(String type, String meaning, Lowering lowering) {
        return entry(type, new Reduced(meaning, lowering));
    }

    private static Map.Entry<String, Support> drop(String type, String reason) {
        return entry(type, new Dropped(reason));
    }

    @SuppressWarnings("unused")
    private static Map.Entry<String, Support> refuse(String type, String reason) {
        return entry(type, new Refused(reason));
    }
}
