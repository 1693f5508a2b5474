package dev.entrepot.importers.torch.modules.state;

import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.Module;
import java.util.LinkedHashMap;
import java.util.Map;

/** The layers of torch.nn as a state_dict shows them; their attributes are those that their constructors set. */
public final class Layers {

    private Layers() {}

    /** A square convolution of stride 1 that keeps the size of what it reads. */
    public static Convolution conv(long kernel) {
        return conv(kernel, kernel);
    }

    /** A convolution of stride 1 that keeps the size of what it reads. */
    public static Convolution conv(long height, long width) {
        return new Convolution(height, width, 1, height / 2, width / 2, 1, Convolution.Groups.ONE);
    }

    /** A linear layer, with or without bias. */
    public static Blueprint linear() {
        return keys -> {
            Map<String, TorchTensor> tensors = StateKeys.empty();
            tensors.put("weight", keys.takeOfRank("weight", 2));
            long out = keys.size("weight", 0);
            if (keys.has("bias")) {
                tensors.put("bias", keys.take("bias", out));
            }
            return leaf(
                    keys,
                    "torch.nn.modules.linear.Linear",
                    Map.of("in_features", IValue.of(keys.size("weight", 1)), "out_features", IValue.of(out)),
                    tensors);
        };
    }

    /** A batch normalisation with the usual eps. */
    public static Blueprint batchNorm() {
        return batchNorm(1e-5);
    }

    /** A batch normalisation. */
    public static Blueprint batchNorm(double eps) {
        return keys -> {
            Map<String, TorchTensor> tensors = StateKeys.empty();
            long features = keys.size("weight", 0);
            for (String name : new String[] {"weight", "bias", "running_mean", "running_var"}) {
                tensors.put(name, keys.take(name, features));
            }
            keys.ignore("num_batches_tracked");
            return leaf(
                    keys,
                    "torch.nn.modules.batchnorm.BatchNorm2d",
                    Map.of("num_features", IValue.of(features), "eps", IValue.of(eps)),
                    tensors);
        };
    }

    /** A layer normalisation over the last axis. */
    public static Blueprint layerNorm(double eps) {
        return layerNorm("torch.nn.modules.normalization.LayerNorm", eps);
    }

    /** A layer normalisation of this class. */
    public static Blueprint layerNorm(String className, double eps) {
        return keys -> {
            Map<String, TorchTensor> tensors = StateKeys.empty();
            long features = keys.size("weight", 0);
            tensors.put("weight", keys.take("weight", features));
            tensors.put("bias", keys.take("bias", features));
            return leaf(
                    keys, className, Map.of("normalized_shape", IValue.ints(features), "eps", IValue.of(eps)), tensors);
        };
    }

    /** A layer without tensors. */
    public static Blueprint plain(String className) {
        return plain(className, Map.of());
    }

    /** A layer without tensors. */
    public static Blueprint plain(String className, Map<String, IValue> attributes) {
        return keys -> leaf(keys, className, attributes, Map.of());
    }

    /** {@code ReLU}. */
    public static Blueprint relu() {
        return activation("ReLU");
    }

    /** An activation by its class's name. */
    public static Blueprint activation(String simpleName) {
        return plain("torch.nn.modules.activation." + simpleName);
    }

    /** {@code Dropout}, which does nothing at inference. */
    public static Blueprint dropout() {
        return plain("torch.nn.modules.dropout.Dropout");
    }

    /** {@code Identity}. */
    public static Blueprint identity() {
        return plain("torch.nn.modules.linear.Identity");
    }

    /** {@code Flatten} from this axis on. */
    public static Blueprint flatten(long start) {
        return plain(
                "torch.nn.modules.flatten.Flatten", Map.of("start_dim", IValue.of(start), "end_dim", IValue.of(-1)));
    }

    /** A max pooling whose last windows are whole. */
    public static Blueprint maxPool(long kernel, long stride, long padding) {
        return maxPool(kernel, stride, padding, false);
    }

    /** A max pooling that may have partial last windows. */
    public static Blueprint maxPoolCeil(long kernel, long stride, long padding) {
        return maxPool(kernel, stride, padding, true);
    }

    private static Blueprint maxPool(long kernel, long stride, long padding, boolean ceil) {
        return plain(
                "torch.nn.modules.pooling.MaxPool2d",
                Map.of(
                        "kernel_size", IValue.of(kernel),
                        "stride", IValue.of(stride),
                        "padding", IValue.of(padding),
                        "dilation", IValue.of(1),
                        "ceil_mode", IValue.of(ceil)));
    }

    /** An average pooling that counts its padding. */
    public static Blueprint avgPool(long kernel, long stride, long padding) {
        return plain(
                "torch.nn.modules.pooling.AvgPool2d",
                Map.of(
                        "kernel_size", IValue.of(kernel),
                        "stride", IValue.of(stride),
                        "padding", IValue.of(padding),
                        "ceil_mode", IValue.of(false),
                        "count_include_pad", IValue.of(true)));
    }

    /** {@code AdaptiveAvgPool2d} to a square. */
    public static Blueprint adaptiveAvgPool(long size) {
        return plain("torch.nn.modules.pooling.AdaptiveAvgPool2d", Map.of("output_size", IValue.ints(size, size)));
    }

    /** {@code Sequential} of layers called 0, 1, 2 and so on. */
    public static Composite sequential(Blueprint... layers) {
        Composite sequential = Composite.sequential();
        for (int i = 0; i < layers.length; i++) {
            sequential = sequential.with(String.valueOf(i), layers[i]);
        }
        return sequential;
    }

    static Module leaf(
            StateKeys keys, String className, Map<String, IValue> attributes, Map<String, TorchTensor> tensors) {
        return new Module(keys.path(), className, keys.where(), attributes, tensors, new LinkedHashMap<>());
    }
}
