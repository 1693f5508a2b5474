package dev.entrepot.onnx.opset;

import static java.util.Map.entry;

import dev.entrepot.onnx.schema.Operator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/**
 * The steps that change a node, by the newer of both versions. A step that is not here is judged by the schemas: what only states a
 * default comes and goes, and what the other version does not know is refused.
 */
final class Steps {

    private static final Step REFUSED = (node, to) -> {
        throw to.cannot("it means something else on the other side of this version, for which there is no rewriting");
    };

    private static final List<String> REDUCTIONS = List.of(
            "ReduceL1",
            "ReduceL2",
            "ReduceLogSum",
            "ReduceLogSumExp",
            "ReduceMax",
            "ReduceMean",
            "ReduceMin",
            "ReduceProd",
            "ReduceSumSquare");

    private static final Map<String, Step> UP = table(
            List.of(
                    each(REDUCTIONS, 18, Arguments::axesToInput),
                    each(List.of("Hardmax", "LogSoftmax", "Softmax"), 13, Normalisations::softmaxOfOneAxis)),
            entry("BatchNormalization-9", Normalisations::batchPerChannel),
            entry("BatchNormalization-14", Normalisations::batchInference),
            entry("Clip-11", Activations::clipToInputs),
            entry("DFT-20", Arguments::dftAxisToInput),
            entry("Dropout-10", Normalisations::dropoutWithoutMask),
            entry("Dropout-12", Normalisations::dropoutRatioToInput),
            entry("GridSample-20", Resizing::gridModes),
            entry("GroupNormalization-18", Normalisations::groupOfGroups),
            entry("Pad-11", Arguments::padToInputs),
            entry("ReduceSum-13", Arguments::axesToInput),
            entry("Resize-11", Resizing::tellCoordinates),
            entry("Resize-13", Resizing::withoutTensorFlow),
            entry("RoiAlign-16", Resizing::tellRoiCoordinates),
            entry("Scan-9", REFUSED),
            entry("Scatter-11", Comparisons::scatterElements),
            entry("Slice-10", Arguments::sliceToInputs),
            entry("Split-13", Arguments::splitToInput),
            entry("Split-18", Arguments::splitCounted),
            entry("Squeeze-13", Arguments::axesToInput),
            entry("TopK-10", Arguments::topKToInput),
            entry("Unsqueeze-13", Arguments::axesToInput),
            entry("Upsample-9", Resizing::scalesToInput),
            entry("Upsample-10", Resizing::upsampleToResize));

    private static final Map<String, Step> DOWN = table(
            List.of(
                    each(REDUCTIONS, 18, Arguments::reducedAxesToAttribute),
                    each(REDUCTIONS, 11, NegativeAxes::axes),
                    each(List.of("BlackmanWindow", "HammingWindow", "HannWindow"), 17, Constants::window),
                    each(List.of("Cast", "CastLike"), 24, Comparisons::castWithoutMode),
                    each(List.of("Cast", "CastLike"), 19, Comparisons::castWithoutRounding),
                    each(List.of("DequantizeLinear", "QuantizeLinear"), 13, Comparisons::oneScale),
                    each(List.of("GRU", "LSTM", "RNN"), 14, Recurrences::timeFirst),
                    each(List.of("Greater", "Less"), 9, Comparisons::asDouble),
                    each(List.of("GreaterOrEqual", "LessOrEqual"), 12, Comparisons::orEqual),
                    each(List.of("Hardmax", "LogSoftmax", "Softmax"), 13, Normalisations::softmaxOfLastAxes),
                    each(
                            List.of("ArgMax", "ArgMin", "Compress", "Concat", "Flatten", "Hardmax", "LogSoftmax"),
                            11,
                            NegativeAxes::axis),
                    each(List.of("Softmax", "Split"), 11, NegativeAxes::axis),
                    each(List.of("Max", "Min"), 8, Comparisons::expandAll),
                    each(List.of("Mean", "Sum"), 8, Comparisons::addUp),
                    each(List.of("ScatterElements", "ScatterND"), 18, Comparisons::withoutExtremes)),
            entry("AveragePool-19", Pooling::averageWithoutCeil),
            entry("BatchNormalization-14", Normalisations::batchInference),
            entry("CastLike-15", Comparisons::castLike),
            entry("Celu-12", Activations::celu),
            entry("Clip-11", Activations::clipToAttributes),
            entry("Constant-9", Constants::constantOrInitializer),
            entry("Constant-12", Constants::constant),
            entry("ConstantOfShape-9", Constants::constantOfShape),
            entry("DFT-20", Arguments::dftAxisToAttribute),
            entry("DepthToSpace-11", Arguments::depthToSpace),
            entry("Dropout-10", Normalisations::dropoutWithoutMask),
            entry("Dropout-12", Normalisations::dropoutRatioToAttribute),
            entry("Equal-11", Comparisons::equal),
            entry("Expand-8", Constants::expand),
            entry("Gather-11", NegativeAxes::gather),
            entry("Gelu-20", Activations::gelu),
            entry("Gemm-11", Comparisons::gemmWithBias),
            entry("GridSample-20", Resizing::gridOldModes),
            entry("GroupNormalization-21", Normalisations::groupOfChannels),
            entry("HardSwish-14", Activations::hardSwish),
            entry("IsNaN-9", Comparisons::isNaN),
            entry("LayerNormalization-17", Normalisations::layer),
            entry("LpPool-18", Pooling::withoutCeil),
            entry("MaxPool-8", Pooling::withoutIndices),
            entry("MaxPool-10", Pooling::withoutCeil),
            entry("Mish-18", Activations::mish),
            entry("OneHot-11", NegativeAxes::butLast),
            entry("Pad-11", Arguments::padToAttributes),
            entry("Pad-18", Arguments::padAllAxes),
            entry("Pad-19", Arguments::padWithoutWrap),
            entry("Pow-12", Comparisons::powOfOneType),
            entry("RMSNormalization-23", Normalisations::rootMeanSquare),
            entry("Range-11", Constants::range),
            entry("ReduceSum-11", NegativeAxes::axes),
            entry("ReduceSum-13", Arguments::reducedAxesToAttribute),
            entry("Reshape-14", Arguments::reshapeWithoutZero),
            entry("Resize-10", Resizing::resizeToUpsample),
            entry("Resize-11", Resizing::withoutCoordinates),
            entry("Resize-13", Resizing::emptyInputs),
            entry("Resize-18", Resizing::stretchAllAxes),
            entry("Resize-19", Resizing::withoutSymmetry),
            entry("RoiAlign-16", Resizing::withoutRoiCoordinates),
            entry("Scan-9", REFUSED),
            entry("ScatterElements-11", NegativeAxes::scatter),
            entry("Shape-15", Arguments::shapeOfAll),
            entry("Sign-9", Activations::sign),
            entry("Slice-10", Arguments::sliceToAttributes),
            entry("Slice-11", NegativeAxes::slice),
            entry("Split-13", Arguments::splitToAttribute),
            entry("Split-18", Arguments::splitUncounted),
            entry("Squeeze-11", NegativeAxes::axes),
            entry("Squeeze-13", Arguments::axesToAttribute),
            entry("Swish-24", Activations::swish),
            entry("ThresholdedRelu-10", Activations::thresholdedRelu),
            entry("TopK-10", Arguments::topKToAttribute),
            entry("TopK-11", Arguments::topKLargest),
            entry("Trilu-14", Constants::triangle),
            entry("Unsqueeze-11", NegativeAxes::outputAxes),
            entry("Unsqueeze-13", Arguments::axesToAttribute),
            entry("Upsample-9", Resizing::scalesToAttribute));

    private Steps() {}

    /** How a node of the version before gets to this one. */
    static Optional<Step> up(Operator newer) {
        return Optional.ofNullable(UP.get(newer.toString()));
    }

    /** How a node of this version gets to the one before, or to none where this is the first. */
    static Optional<Step> down(Operator newer) {
        return Optional.ofNullable(DOWN.get(newer.toString()));
    }

    private static Map<String, Step> each(List<String> operators, int version, Step step) {
        Map<String, Step> entries = new HashMap<>();
        operators.forEach(operator -> entries.put(operator + "-" + version, step));
        return entries;
    }

    @SafeVarargs
    private static Map<String, Step> table(List<Map<String, Step>> families, Entry<String, Step>... entries) {
        Map<String, Step> table = new HashMap<>(Map.ofEntries(entries));
        for (Map<String, Step> family : families) {
            family.forEach((key, step) -> {
                if (table.put(key, step) != null) {
                    throw new IllegalStateException("two steps for " + key);
                }
            });
        }
        return Map.copyOf(table);
    }
}
