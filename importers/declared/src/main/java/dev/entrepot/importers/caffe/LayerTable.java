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
            lower("Accum", Resizing::accum),
            drop("Accuracy", "a metric"),
            reduce("AnnotatedData", "an input", Feeding::images),
            lower("ArgMax", Shapes::argMax),
            lower("Axpy", Arithmetic::axpy),
            lower("BN", ForkNormalizations::bn),
            lower("BNLL", Activations::bnll),
            lower("BatchNorm", Normalizations::batchNorm),
            lower("BatchReindex", Reorderings::batchReindex),
            lower("Bias", Arithmetic::bias),
            lower("Binarization", ForkActivations::binarization),
            refuse("BinaryConvolution", "no source of it was published, and how its weights are packed is not known"),
            drop("BoxAnnotatorOHEM", "it chooses hard examples for training"),
            lower("CReLU", ForkActivations::crelu),
            lowerAll("CTCGreedyDecoder", Decoders::ctcGreedyDecoder),
            lower("ChannelsPReLU", Activations::prelu),
            lower("Clip", Activations::clip),
            lower("Concat", Shapes::concat),
            drop("ContrastiveLoss", "a loss"),
            lowerEach("Convolution", Convolutions::convolution),
            lower("Convolution3D", Volumes::convolution),
            lowerEach("ConvolutionDepthwise", Convolutions::depthwise),
            lower("Correlation", Correlation::correlation),
            lower("Cos", ForkActivations::cos),
            lower("Crop", Shapes::crop),
            lower("CropCenter", Reorderings::cropCenter),
            reduce("Data", "an input", Feeding::images),
            lower("DataAugmentation", ForkNormalizations::dataAugmentation),
            lowerEach("Deconvolution", Convolutions::deconvolution),
            lowerEach("DepthwiseConvolution", Convolutions::depthwise),
            drop("DetectionEvaluate", "a metric"),
            lower("DetectionOutput", Detections::detectionOutput),
            lower("Dropout", Activations::dropout),
            lowerAll("DummyData", Feeding::dummyData),
            lower("ELU", Activations::elu),
            lower("Eltwise", Arithmetic::eltwise),
            lower("Embed", Shapes::embed),
            drop("EuclideanLoss", "a loss"),
            drop("EvalDetection", "a metric"),
            lower("Exp", Activations::exp),
            lowerAll("Filter", Reorderings::filter),
            lower("Flatten", Shapes::flatten),
            lower("FlowWarp", Warping::flowWarp),
            lower("GRN", ForkNormalizations::grn),
            lowerAll("GRU", Recurrences::gru),
            reduce("HDF5Data", "inputs", Feeding::unshaped),
            drop("HDF5Output", "writes files"),
            drop("HingeLoss", "a loss"),
            lower("Im2col", Patches::im2col),
            refuse("Im2seq", "no source of it was published; a Reshape and a Permute say the same"),
            reduce("ImageData", "an input", Feeding::images),
            drop("InfogainLoss", "a loss"),
            lower("InnerProduct", Convolutions::innerProduct),
            lowerAll("Input", Feeding::input),
            lower("Interp", Resizing::interp),
            lower("LRN", Normalizations::lrn),
            lowerAll("LSTM", Recurrences::lstm),
            refuse("LSTMInfer", "no source of it was published; LSTM and Lstm are known"),
            lowerAll("LSTMUnit", Recurrences::lstmUnit),
            lower("Log", Activations::log),
            lower("Lstm", Recurrences::clippedLstm),
            lower("MVN", Normalizations::mvn),
            lower("MaxUnPool", Unpooling::maxUnpool),
            lower("MaxUnpool", Unpooling::maxUnpool),
            reduce("MemoryData", "an input", Feeding::memoryData),
            lower("Mish", ForkActivations::mish),
            drop("MultiBoxLoss", "a loss"),
            drop("MultinomialLogisticLoss", "a loss"),
            lower("Normalize", ForkNormalizations::normalize),
            lower("PReLU", Activations::prelu),
            lower("PSROIPooling", Regions::psRoiPooling),
            lower("Padding", Reorderings::padding),
            lower("Parameter", Feeding::parameter),
            lower("Permute", Reorderings::permute),
            lowerAll("Pooling", Pooling::pooling),
            lower("Pooling3D", Volumes::pooling),
            lower("Power", Activations::power),
            refuse("PowerFile", "reads its shift from a file that is not in the model"),
            lower("PriorBox", Priors::priorBox),
            lower("PriorBoxClustered", Priors::priorBoxClustered),
            lowerAll("Proposal", Proposals::proposal),
            lowerAll("Python", PythonLayers::python),
            lowerAll("RNN", Recurrences::rnn),
            lower("ROIAlign", Regions::roiAlign),
            lower("ROIPooling", Regions::roiPooling),
            lower("ReLU", Activations::relu),
            lower("ReLU6", ForkActivations::relu6),
            lower("Reduction", Shapes::reduction),
            lower("Region", Yolo::region),
            drop("RegionLoss", "a loss"),
            lower("RegionYolo", Yolo::region),
            lower("Reorg", Reorderings::reorg),
            lower("Resample", Resampling::resample),
            lower("Reshape", Shapes::reshape),
            lower("Resize", Resampling::resize),
            lower("Reverse", Reorderings::reverse),
            lower("SELU", ForkActivations::selu),
            lower("SPP", Patches::spatialPyramid),
            lower("Scale", Arithmetic::scale),
            lower("SeLU", ForkActivations::selu),
            lower("Select", Reorderings::select),
            lower("ShuffleChannel", Reorderings::shuffleChannel),
            lower("Sigmoid", Activations::sigmoid),
            reduce("SigmoidCrossEntropyLoss", "its sigmoid", Feeding::sigmoidOfLoss),
            lowerAll("Silence", layer -> List.of()),
            lowerAll("SimplerNMS", Proposals::simplerNms),
            lower("Sin", ForkActivations::sin),
            lowerAll("Slice", Shapes::slice),
            drop("SmoothL1Loss", "a loss"),
            drop("SmoothL1LossOHEM", "a loss"),
            lower("Softmax", Arithmetic::softmax),
            reduce("SoftmaxWithLoss", "its softmax", Feeding::softmaxOfLoss),
            reduce("SoftmaxWithLossOHEM", "its softmax", Feeding::softmaxOfLoss),
            lower("SpatialProduct", ForkActivations::spatialProduct),
            lower("SpatialTransformer", Warping::spatialTransformer),
            lowerAll("Split", Shapes::split),
            lower("Sqrt", ForkActivations::sqrt),
            lower("Swish", Activations::swish),
            lower("TanH", Activations::tanh),
            lower("Threshold", Activations::threshold),
            lower("Tile", Shapes::tile),
            lower("Unpooling", Unpooling::unpooling),
            lower("Upsample", Resizing::upsample),
            refuse("UpsampleBN", "no source of it was published; a Deconvolution says the same"),
            reduce("VideoData", "an input", Feeding::images),
            reduce("WindowData", "an input", Feeding::images),
            lower("YoloDetectionOutput", Yolo::detections2),
            drop("Yolov3", "a loss"),
            lower("Yolov3DetectionOutput", Yolo::detections3));
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

    private static Map.Entry<String, Support> refuse(String type, String reason) {
        return entry(type, new Refused(reason));
    }
}
