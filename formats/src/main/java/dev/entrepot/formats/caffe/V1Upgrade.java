package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.ProtoScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns nets of the second form, {@code layers { type: CONVOLUTION }}, into the newest, {@code layer { type: "Convolution" }}.
 *
 * <p>Source: caffe upgrade_proto.cpp, UpgradeNetDataTransformation, UpgradeV1LayerParameter, UpgradeV1LayerType.
 */
final class V1Upgrade {

    /** Caffe's 39 types first, then types that forks added to the same enum. */
    private static final Map<String, String> TYPES = types("""
            ABSVAL AbsVal
            ACCURACY Accuracy
            ARGMAX ArgMax
            BNLL BNLL
            CONCAT Concat
            CONTRASTIVE_LOSS ContrastiveLoss
            CONVOLUTION Convolution
            DECONVOLUTION Deconvolution
            DATA Data
            DROPOUT Dropout
            DUMMY_DATA DummyData
            EUCLIDEAN_LOSS EuclideanLoss
            ELTWISE Eltwise
            EXP Exp
            FLATTEN Flatten
            HDF5_DATA HDF5Data
            HDF5_OUTPUT HDF5Output
            HINGE_LOSS HingeLoss
            IM2COL Im2col
            IMAGE_DATA ImageData
            INFOGAIN_LOSS InfogainLoss
            INNER_PRODUCT InnerProduct
            LRN LRN
            MEMORY_DATA MemoryData
            MULTINOMIAL_LOGISTIC_LOSS MultinomialLogisticLoss
            MVN MVN
            POOLING Pooling
            POWER Power
            RELU ReLU
            SIGMOID Sigmoid
            SIGMOID_CROSS_ENTROPY_LOSS SigmoidCrossEntropyLoss
            SILENCE Silence
            SOFTMAX Softmax
            SOFTMAX_LOSS SoftmaxWithLoss
            SPLIT Split
            SLICE Slice
            TANH TanH
            WINDOW_DATA WindowData
            THRESHOLD Threshold
            BN BN
            PRELU PReLU
            UPSAMPLE Upsample
            ROI_POOLING ROIPooling
            """);

    /** Data layers, and the message that held their image transformations. */
    private static final Map<String, String> DATA_PARAMS =
            Map.of("DATA", "data_param", "IMAGE_DATA", "image_data_param", "WINDOW_DATA", "window_data_param");

    private static final String[] TRANSFORMS = {"scale", "mean_file", "crop_size", "mirror"};
    private static final Set<String> SPECS = Set.of("param", "blob_share_mode", "blobs_lr", "weight_decay");

    private V1Upgrade() {}

    /** Whether a net has layers of the second form. */
    static boolean isNeeded(ProtoMessage net) {
        return net.has("layers");
    }

    /** The same net in the newest form. A type that is neither Caffe's nor a known fork's keeps its enum name. */
    static ProtoMessage upgrade(ProtoMessage net) {
        if (net.has("layer")) {
            throw ModelException.malformed(
                    net.location("layers"),
                    "net",
                    "has \"layers\" of an old form here and \"layer\" of the new form at " + net.location("layer")
                            + "; it must have one or the other");
        }
        var fields = new ArrayList<>(net.without("layers").fields());
        for (ProtoMessage old : net.messages("layers")) {
            fields.add(new ProtoField("layer", layer(old), old.location()));
        }
        return new ProtoMessage(net.location(), fields);
    }

    /** The enum name of a type, if the second form has it. */
    static Optional<String> oldType(String type) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(type))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static ProtoMessage layer(ProtoMessage old) {
        String type = type(old);
        var fields = new ArrayList<ProtoField>();
        for (ProtoField field : moveTransforms(old, type).fields()) {
            if (field.name().equals("type")) {
                String newType = TYPES.getOrDefault(type, type);
                fields.add(new ProtoField("type", ProtoScalar.string(newType), field.location()));
            } else if (!SPECS.contains(field.name())) {
                fields.add(field);
            }
        }
        specs(old).forEach(spec -> fields.add(new ProtoField("param", spec, spec.location())));
        return new ProtoMessage(old.location(), fields);
    }

    private static String type(ProtoMessage old) {
        for (ProtoField field : old.fields("type")) {
            if (field.value() instanceof ProtoScalar scalar && scalar.kind() == ProtoScalar.Kind.STRING) {
                throw ModelException.malformed(
                        field.location(),
                        "type",
                        "is " + scalar + "; within \"layers\" an enum name such as CONVOLUTION is expected, within"
                                + " \"layer\" a string such as \"Convolution\"");
            }
        }
        String type = old.textOr("type", "NONE");
        return type.equals("0") ? "NONE" : type;
    }

    private static ProtoMessage moveTransforms(ProtoMessage old, String type) {
        String from = DATA_PARAMS.get(type);
        if (from == null) {
            return old;
        }
        ProtoMessage data = old.message(from);
        ProtoMessage transform = old.message("transform_param");
        for (String name : TRANSFORMS) {
            List<ProtoField> moved = data.fields(name);
            transform = moved.isEmpty() ? transform : transform.without(name).plus(moved);
        }
        if (transform.fields().isEmpty()) {
            return old;
        }
        ProtoMessage changed = old.without("transform_param").plus("transform_param", transform);
        return old.has(from) ? changed.with(from, data.without(TRANSFORMS)) : changed;
    }

    /** The four old lists, each about all blobs, become one message a blob. */
    private static List<ProtoMessage> specs(ProtoMessage old) {
        List<ProtoMessage> specs = new ArrayList<>();
        spread(old, "param", "name", specs);
        spread(old, "blob_share_mode", "share_mode", specs);
        spread(old, "blobs_lr", "lr_mult", specs);
        spread(old, "weight_decay", "decay_mult", specs);
        return specs;
    }

    private static void spread(ProtoMessage old, String from, String to, List<ProtoMessage> specs) {
        List<ProtoField> values = old.fields(from);
        for (int i = 0; i < values.size(); i++) {
            ProtoField value = values.get(i);
            if (i == specs.size()) {
                specs.add(ProtoMessage.empty(value.location()));
            }
            specs.set(i, specs.get(i).plus(new ProtoField(to, value.value(), value.location())));
        }
    }

    private static Map<String, String> types(String table) {
        Map<String, String> types = new HashMap<>();
        types.put("NONE", "");
        table.lines().map(line -> line.split(" ")).forEach(pair -> types.put(pair[0], pair[1]));
        return Map.copyOf(types);
    }
}
