package dev.entrepot.importers.torch.modules.state;

import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.Module;
import java.util.List;
import java.util.Map;

/**
 * A {@code Conv2d}, with or without bias; its channels are those of its weight.
 *
 * @param height the kernel's height, which the weight must have
 * @param width the kernel's width, which the weight must have
 * @param stride the stride along both axes
 * @param padHeight the padding above and below
 * @param padWidth the padding left and right
 * @param dilation the dilation along both axes
 * @param groups how its groups show in the weight
 */
public record Convolution(
        long height, long width, long stride, long padHeight, long padWidth, long dilation, Groups groups)
        implements Blueprint {

    /** How groups show in a weight of [out, in / groups, kernel]. */
    public enum Groups {
        /** There are none. */
        ONE,
        /** As many channels go in as come out. */
        AS_THE_WEIGHT_HAS_THEM,
        /** Each channel is a group. */
        EACH_CHANNEL
    }

    /** With this stride. */
    public Convolution stride(long next) {
        return new Convolution(height, width, next, padHeight, padWidth, dilation, groups);
    }

    /** With this padding on all sides. */
    public Convolution padding(long next) {
        return new Convolution(height, width, stride, next, next, dilation, groups);
    }

    /** With this dilation, and the padding that keeps the size. */
    public Convolution dilated(long next) {
        return new Convolution(height, width, stride, height / 2 * next, width / 2 * next, next, groups);
    }

    /** Where as many channels go in as come out: with the groups that the weight shows. */
    public Convolution grouped() {
        return new Convolution(height, width, stride, padHeight, padWidth, dilation, Groups.AS_THE_WEIGHT_HAS_THEM);
    }

    /** With a group for each channel. */
    public Convolution depthwise() {
        return new Convolution(height, width, stride, padHeight, padWidth, dilation, Groups.EACH_CHANNEL);
    }

    @Override
    public Module at(StateKeys keys) {
        List<Long> shape = keys.shape("weight");
        if (shape.size() != 4) {
            throw keys.mismatch("weight", "has shape " + shape + ", expected a convolution's");
        }
        if (shape.get(2) != height || shape.get(3) != width) {
            keys.fault("weight", "has shape " + shape + ", expected a kernel of " + height + " by " + width);
        }
        long out = shape.get(0);
        long groupCount = groupCount(keys, shape);
        Map<String, TorchTensor> tensors = StateKeys.empty();
        tensors.put("weight", keys.takeOfRank("weight", 4));
        if (keys.has("bias")) {
            tensors.put("bias", keys.take("bias", out));
        }
        return Layers.leaf(
                keys,
                "torch.nn.modules.conv.Conv2d",
                Map.of(
                        "in_channels", IValue.of(shape.get(1) * groupCount),
                        "out_channels", IValue.of(out),
                        "kernel_size", IValue.ints(height, width),
                        "stride", IValue.ints(stride, stride),
                        "padding", IValue.ints(padHeight, padWidth),
                        "dilation", IValue.ints(dilation, dilation),
                        "groups", IValue.of(groupCount),
                        "padding_mode", IValue.of("zeros")),
                tensors);
    }

    private long groupCount(StateKeys keys, List<Long> shape) {
        long out = shape.get(0);
        long perGroup = shape.get(1);
        return switch (groups) {
            case ONE -> 1;
            case AS_THE_WEIGHT_HAS_THEM -> {
                if (perGroup == 0 || out % perGroup != 0) {
                    throw keys.mismatch("weight", "has shape " + shape + ", which no grouped convolution has");
                }
                yield out / perGroup;
            }
            case EACH_CHANNEL -> {
                if (perGroup != 1) {
                    throw keys.mismatch("weight", "has shape " + shape + ", expected a depthwise convolution's");
                }
                yield out;
            }
        };
    }
}
