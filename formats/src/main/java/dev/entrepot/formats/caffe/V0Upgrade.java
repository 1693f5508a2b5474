package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeNet.Warning;
import dev.entrepot.formats.prototxt.ProtoField;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.formats.prototxt.ProtoScalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns nets of the oldest form, {@code layers { layer { type: "conv" } }}, into the second, {@code layers { type: CONVOLUTION }}.
 *
 * <p>Source: caffe upgrade_proto.cpp, UpgradeV0PaddingLayers, UpgradeV0LayerParameter, UpgradeV0LayerType.
 */
final class V0Upgrade {

    private static final Map<String, String> TYPES = words("""
            accuracy ACCURACY
            bnll BNLL
            concat CONCAT
            conv CONVOLUTION
            data DATA
            dropout DROPOUT
            euclidean_loss EUCLIDEAN_LOSS
            flatten FLATTEN
            hdf5_data HDF5_DATA
            hdf5_output HDF5_OUTPUT
            im2col IM2COL
            images IMAGE_DATA
            infogain_loss INFOGAIN_LOSS
            innerproduct INNER_PRODUCT
            lrn LRN
            multinomial_logistic_loss MULTINOMIAL_LOGISTIC_LOSS
            pool POOLING
            relu RELU
            sigmoid SIGMOID
            softmax SOFTMAX
            softmax_loss SOFTMAX_LOSS
            split SPLIT
            tanh TANH
            window_data WINDOW_DATA
            """);

    /** Where a field goes, by its name and the layer's type; {@code *} stands for every type. */
    private static final Map<String, String> TARGETS = targets("""
            num_output conv convolution_param.num_output
            num_output innerproduct inner_product_param.num_output
            biasterm conv convolution_param.bias_term
            biasterm innerproduct inner_product_param.bias_term
            weight_filler conv convolution_param.weight_filler
            weight_filler innerproduct inner_product_param.weight_filler
            bias_filler conv convolution_param.bias_filler
            bias_filler innerproduct inner_product_param.bias_filler
            pad conv convolution_param.pad
            pad pool pooling_param.pad
            kernelsize conv convolution_param.kernel_size
            kernelsize pool pooling_param.kernel_size
            group conv convolution_param.group
            stride conv convolution_param.stride
            stride pool pooling_param.stride
            pool pool pooling_param.pool
            dropout_ratio dropout dropout_param.dropout_ratio
            local_size lrn lrn_param.local_size
            alpha lrn lrn_param.alpha
            beta lrn lrn_param.beta
            k lrn lrn_param.k
            source data data_param.source
            source hdf5_data hdf5_data_param.source
            source images image_data_param.source
            source window_data window_data_param.source
            source infogain_loss infogain_loss_param.source
            scale * transform_param.scale
            meanfile * transform_param.mean_file
            cropsize * transform_param.crop_size
            mirror * transform_param.mirror
            batchsize data data_param.batch_size
            batchsize hdf5_data hdf5_data_param.batch_size
            batchsize images image_data_param.batch_size
            batchsize window_data window_data_param.batch_size
            rand_skip data data_param.rand_skip
            rand_skip images image_data_param.rand_skip
            shuffle_images images image_data_param.shuffle
            new_height images image_data_param.new_height
            new_width images image_data_param.new_width
            concat_dim concat concat_param.concat_dim
            det_fg_threshold window_data window_data_param.fg_threshold
            det_bg_threshold window_data window_data_param.bg_threshold
            det_fg_fraction window_data window_data_param.fg_fraction
            det_context_pad window_data window_data_param.context_pad
            det_crop_mode window_data window_data_param.crop_mode
            """);

    private static final Set<String> KEPT = Set.of("name", "blobs", "blobs_lr", "weight_decay", "hdf5_output_param");

    private final List<Warning> warnings;
    private final Problems problems = new Problems();

    private V0Upgrade(List<Warning> warnings) {
        this.warnings = warnings;
    }

    /** Whether a net has layers of the oldest form. */
    static boolean isNeeded(ProtoMessage net) {
        return net.messages("layers").stream().anyMatch(layer -> layer.has("layer"));
    }

    /** The same net in the second form; what Caffe ignores with a message is added to the warnings. */
    static ProtoMessage upgrade(ProtoMessage net, List<Warning> warnings) {
        var upgrade = new V0Upgrade(warnings);
        List<ProtoMessage> folded = foldPadding(net);
        var fields = new ArrayList<>(net.without("layers").fields());
        for (ProtoMessage layer : folded) {
            fields.add(new ProtoField("layers", upgrade.layer(layer), layer.location()));
        }
        upgrade.problems.throwIfAny();
        return new ProtoMessage(net.location(), fields);
    }

    /** The oldest form's name of a type given by its enum name, if it has it. */
    static Optional<String> oldType(String enumName) {
        return key(TYPES, entry -> entry.getValue().equals(enumName));
    }

    /** The oldest form's name of a parameter such as {@code pooling_param.pad}, if layers of this type have it. */
    static Optional<String> oldField(String path, String type) {
        return key(
                        TARGETS,
                        entry -> entry.getValue().equals(path)
                                && (entry.getKey().endsWith(" " + type)
                                        || entry.getKey().endsWith(" *")))
                .map(key -> key.substring(0, key.indexOf(' ')));
    }

    private static Optional<String> key(Map<String, String> table, Predicate<Map.Entry<String, String>> wanted) {
        return table.entrySet().stream().filter(wanted).map(Map.Entry::getKey).findFirst();
    }

    /** Takes padding layers out and gives their pad to the convolution or pooling behind them. */
    private static List<ProtoMessage> foldPadding(ProtoMessage net) {
        Map<String, ProtoMessage> writers = new HashMap<>();
        ProtoMessage input = ProtoMessage.empty(net.location());
        net.strings("input").forEach(name -> writers.put(name, input));
        List<ProtoMessage> kept = new ArrayList<>();
        for (ProtoMessage layer : net.messages("layers")) {
            ProtoMessage folded = layer;
            for (String bottom : layer.strings("bottom")) {
                ProtoMessage writer = writers.get(bottom);
                if (writer == null) {
                    throw ModelException.malformed(
                            layer.location("bottom"),
                            describe(layer),
                            "reads the blob \"" + bottom + "\", which no layer before it writes");
                }
                folded = isPadding(writer) ? fold(writer, folded) : folded;
            }
            layer.strings("top").forEach(top -> writers.put(top, layer));
            if (!isPadding(layer)) {
                kept.add(folded);
            }
        }
        return kept;
    }

    private static ProtoMessage fold(ProtoMessage padding, ProtoMessage layer) {
        String type = type(layer);
        boolean alone = layer.strings("bottom").size() == 1
                && padding.strings("bottom").size() == 1
                && padding.strings("top").size() == 1;
        if (!alone || !type.equals("conv") && !type.equals("pool")) {
            throw ModelException.malformed(
                    layer.location(),
                    describe(layer),
                    "reads a padding layer; that is only possible for one conv or pool layer with one bottom");
        }
        ProtoMessage inner = layer.message("layer");
        long pad = padding.message("layer").unsignedOr("pad", 0);
        return layer.with("layer", inner.with("pad", ProtoScalar.number(pad)))
                .with("bottom", ProtoScalar.string(padding.string("bottom")));
    }

    private ProtoMessage layer(ProtoMessage connection) {
        ProtoMessage old = connection.message("layer");
        String type = type(connection);
        var fields = new ArrayList<ProtoField>();
        for (ProtoField field : old.fields()) {
            if (KEPT.contains(field.name())) {
                fields.add(field);
            }
        }
        fields.addAll(connection.fields("bottom"));
        fields.addAll(connection.fields("top"));
        fields.add(new ProtoField("type", ProtoScalar.identifier(newType(connection)), old.location("type")));
        params(old, type).forEach((name, moved) -> {
            SourceLocation where = moved.get(0).location();
            fields.add(new ProtoField(name, new ProtoMessage(where, moved), where));
        });
        return new ProtoMessage(connection.location(), fields);
    }

    private Map<String, List<ProtoField>> params(ProtoMessage old, String type) {
        Map<String, List<ProtoField>> params = new LinkedHashMap<>();
        for (ProtoField field : old.fields()) {
            if (KEPT.contains(field.name()) || field.name().equals("type")) {
                continue;
            }
            String target = TARGETS.getOrDefault(field.name() + " " + type, TARGETS.get(field.name() + " *"));
            if (target == null) {
                warnings.add(new Warning(
                        field.location(),
                        "layer \"" + old.stringOr("name", "") + "\": " + field.name() + " means nothing to the type "
                                + type + " and is left out"));
                continue;
            }
            String[] path = target.split("\\.");
            params.computeIfAbsent(path[0], name -> new ArrayList<>())
                    .add(new ProtoField(path[1], field.value(), field.location()));
        }
        return params;
    }

    private String newType(ProtoMessage connection) {
        String type = type(connection);
        String newType = TYPES.get(type);
        if (newType == null) {
            SourceLocation where = connection.message("layer").location("type");
            problems.unsupported(
                    where,
                    describe(connection),
                    "is of the type \"" + type + "\", which Caffe's oldest form does not have");
            return "NONE";
        }
        return newType;
    }

    private static boolean isPadding(ProtoMessage layer) {
        return type(layer).equals("padding");
    }

    private static String type(ProtoMessage connection) {
        return connection.message("layer").stringOr("type", "");
    }

    private static String describe(ProtoMessage connection) {
        return "layer \"" + connection.message("layer").stringOr("name", "") + "\" (" + type(connection) + ")";
    }

    private static Map<String, String> words(String table) {
        Map<String, String> words = new HashMap<>();
        table.lines().map(line -> line.split(" ")).forEach(pair -> words.put(pair[0], pair[1]));
        return Map.copyOf(words);
    }

    private static Map<String, String> targets(String table) {
        Map<String, String> targets = new HashMap<>();
        table.lines().map(line -> line.split(" ")).forEach(rule -> targets.put(rule[0] + " " + rule[1], rule[2]));
        return Map.copyOf(targets);
    }
}
