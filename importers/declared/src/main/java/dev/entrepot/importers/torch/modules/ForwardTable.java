package dev.entrepot.importers.torch.modules;

import static java.util.Map.entry;

import dev.entrepot.importers.torch.modules.layers.Activations;
import dev.entrepot.importers.torch.modules.layers.Attentions;
import dev.entrepot.importers.torch.modules.layers.Containers;
import dev.entrepot.importers.torch.modules.layers.Convolutions;
import dev.entrepot.importers.torch.modules.layers.Linears;
import dev.entrepot.importers.torch.modules.layers.Normalizations;
import dev.entrepot.importers.torch.modules.layers.Poolings;
import dev.entrepot.importers.torch.modules.layers.Recurrences;
import dev.entrepot.importers.torch.modules.layers.Resampling;
import dev.entrepot.importers.torch.modules.layers.Reshapings;
import dev.entrepot.importers.torch.modules.tree.Forward;
import dev.entrepot.importers.torch.modules.vision.CifarResNets;
import dev.entrepot.importers.torch.modules.vision.ConvNeXts;
import dev.entrepot.importers.torch.modules.vision.ConvolutionUnits;
import dev.entrepot.importers.torch.modules.vision.DenseNets;
import dev.entrepot.importers.torch.modules.vision.EfficientNets;
import dev.entrepot.importers.torch.modules.vision.GoogLeNets;
import dev.entrepot.importers.torch.modules.vision.Inceptions;
import dev.entrepot.importers.torch.modules.vision.MaxVits;
import dev.entrepot.importers.torch.modules.vision.MobileNets;
import dev.entrepot.importers.torch.modules.vision.MobileNetsV3;
import dev.entrepot.importers.torch.modules.vision.PlainNets;
import dev.entrepot.importers.torch.modules.vision.RegNets;
import dev.entrepot.importers.torch.modules.vision.ResNets;
import dev.entrepot.importers.torch.modules.vision.Segmentation;
import dev.entrepot.importers.torch.modules.vision.ShuffleNets;
import dev.entrepot.importers.torch.modules.vision.SqueezeNets;
import dev.entrepot.importers.torch.modules.vision.SwinTransformers;
import dev.entrepot.importers.torch.modules.vision.VisionTransformers;
import dev.entrepot.importers.torch.modules.vision.WindowAttention;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the {@code forward} of each class of modules does. The only such table. */
public final class ForwardTable {

    private static final String MODULES = "torch.nn.modules.";
    private static final String MODELS = "torchvision.models.";

    /** torch.nn, by the class's path behind {@code torch.nn.modules.}. */
    private static final List<Map.Entry<String, Forward>> LAYERS = List.of(
            entry("activation.CELU", Activations::celu),
            entry("activation.ELU", Activations::elu),
            entry("activation.GELU", Activations::gelu),
            entry("activation.GLU", Activations::glu),
            entry("activation.Hardshrink", Activations::hardshrink),
            entry("activation.Hardsigmoid", Activations.plain("aten::hardsigmoid")),
            entry("activation.Hardswish", Activations.plain("aten::hardswish")),
            entry("activation.Hardtanh", Activations::hardtanh),
            entry("activation.LeakyReLU", Activations::leakyRelu),
            entry("activation.LogSigmoid", Activations.plain("aten::log_sigmoid")),
            entry("activation.LogSoftmax", Activations::logSoftmax),
            entry("activation.Mish", Activations.plain("aten::mish")),
            entry("activation.MultiheadAttention", Attentions::selfAttention),
            entry("activation.PReLU", Activations::prelu),
            entry("activation.RReLU", Activations::rrelu),
            entry("activation.ReLU", Activations.plain("aten::relu")),
            entry("activation.ReLU6", Activations::relu6),
            entry("activation.SELU", Activations.plain("aten::selu")),
            entry("activation.SiLU", Activations.plain("aten::silu")),
            entry("activation.Sigmoid", Activations.plain("aten::sigmoid")),
            entry("activation.Softmax", Activations::softmax),
            entry("activation.Softmax2d", Activations::softmax2d),
            entry("activation.Softmin", Activations::softmin),
            entry("activation.Softplus", Activations::softplus),
            entry("activation.Softshrink", Activations::softshrink),
            entry("activation.Softsign", Activations::softsign),
            entry("activation.Tanh", Activations.plain("aten::tanh")),
            entry("activation.Tanhshrink", Activations::tanhshrink),
            entry("activation.Threshold", Activations::threshold),
            entry("batchnorm.BatchNorm1d", Normalizations::batchNorm),
            entry("batchnorm.BatchNorm2d", Normalizations::batchNorm),
            entry("batchnorm.BatchNorm3d", Normalizations::batchNorm),
            entry("batchnorm.SyncBatchNorm", Normalizations::batchNorm),
            entry("channelshuffle.ChannelShuffle", Reshapings::channelShuffle),
            entry("container.Sequential", Containers::sequential),
            entry("conv.Conv1d", Convolutions::conv1d),
            entry("conv.Conv2d", Convolutions::conv2d),
            entry("conv.Conv3d", Convolutions::conv3d),
            entry("conv.ConvTranspose1d", Convolutions::convTranspose1d),
            entry("conv.ConvTranspose2d", Convolutions::convTranspose2d),
            entry("conv.ConvTranspose3d", Convolutions::convTranspose3d),
            entry("dropout.AlphaDropout", Containers::identity),
            entry("dropout.Dropout", Containers::identity),
            entry("dropout.Dropout1d", Containers::identity),
            entry("dropout.Dropout2d", Containers::identity),
            entry("dropout.Dropout3d", Containers::identity),
            entry("dropout.FeatureAlphaDropout", Containers::identity),
            entry("flatten.Flatten", Reshapings::flatten),
            entry("flatten.Unflatten", Reshapings::unflatten),
            entry("fold.Fold", Reshapings::fold),
            entry("fold.Unfold", Reshapings::unfold),
            entry("instancenorm.InstanceNorm1d", Normalizations::instanceNorm),
            entry("instancenorm.InstanceNorm2d", Normalizations::instanceNorm),
            entry("instancenorm.InstanceNorm3d", Normalizations::instanceNorm),
            entry("linear.Identity", Containers::identity),
            entry("linear.Linear", Linears::linear),
            entry("linear.NonDynamicallyQuantizableLinear", Linears::linear),
            entry("linear._LinearWithBias", Linears::linear),
            entry("normalization.GroupNorm", Normalizations::groupNorm),
            entry("normalization.LayerNorm", Normalizations::layerNorm),
            entry("normalization.LocalResponseNorm", Normalizations::localResponseNorm),
            entry("normalization.RMSNorm", Normalizations::rmsNorm),
            entry("padding.CircularPad1d", Reshapings.pad("circular", 1)),
            entry("padding.CircularPad2d", Reshapings.pad("circular", 2)),
            entry("padding.CircularPad3d", Reshapings.pad("circular", 3)),
            entry("padding.ConstantPad1d", Reshapings.constantPad(1)),
            entry("padding.ConstantPad2d", Reshapings.constantPad(2)),
            entry("padding.ConstantPad3d", Reshapings.constantPad(3)),
            entry("padding.ReflectionPad1d", Reshapings.pad("reflect", 1)),
            entry("padding.ReflectionPad2d", Reshapings.pad("reflect", 2)),
            entry("padding.ReflectionPad3d", Reshapings.pad("reflect", 3)),
            entry("padding.ReplicationPad1d", Reshapings.pad("replicate", 1)),
            entry("padding.ReplicationPad2d", Reshapings.pad("replicate", 2)),
            entry("padding.ReplicationPad3d", Reshapings.pad("replicate", 3)),
            entry("padding.ZeroPad1d", Reshapings.constantPad(1)),
            entry("padding.ZeroPad2d", Reshapings.constantPad(2)),
            entry("padding.ZeroPad3d", Reshapings.constantPad(3)),
            entry("pixelshuffle.PixelShuffle", Reshapings::pixelShuffle),
            entry("pixelshuffle.PixelUnshuffle", Reshapings::pixelUnshuffle),
            entry("pooling.AdaptiveAvgPool1d", Poolings::adaptiveAvgPool1d),
            entry("pooling.AdaptiveAvgPool2d", Poolings::adaptiveAvgPool2d),
            entry("pooling.AdaptiveAvgPool3d", Poolings::adaptiveAvgPool3d),
            entry("pooling.AdaptiveMaxPool1d", Poolings::adaptiveMaxPool1d),
            entry("pooling.AdaptiveMaxPool2d", Poolings::adaptiveMaxPool2d),
            entry("pooling.AdaptiveMaxPool3d", Poolings::adaptiveMaxPool3d),
            entry("pooling.AvgPool1d", Poolings::avgPool1d),
            entry("pooling.AvgPool2d", Poolings::avgPool2d),
            entry("pooling.AvgPool3d", Poolings::avgPool3d),
            entry("pooling.MaxPool1d", Poolings::maxPool1d),
            entry("pooling.MaxPool2d", Poolings::maxPool2d),
            entry("pooling.MaxPool3d", Poolings::maxPool3d),
            entry("rnn.GRU", Recurrences::gru),
            entry("rnn.GRUCell", Recurrences::gruCell),
            entry("rnn.LSTM", Recurrences::lstm),
            entry("rnn.LSTMCell", Recurrences::lstmCell),
            entry("rnn.RNN", Recurrences::rnn),
            entry("rnn.RNNCell", Recurrences::rnnCell),
            entry("sparse.Embedding", Linears::embedding),
            entry("sparse.EmbeddingBag", Linears::embeddingBag),
            entry("transformer.TransformerEncoder", Attentions::encoder),
            entry("transformer.TransformerEncoderLayer", Attentions::encoderLayer),
            entry("upsampling.Upsample", Resampling::upsample),
            entry("upsampling.UpsamplingBilinear2d", Resampling::upsample),
            entry("upsampling.UpsamplingNearest2d", Resampling::upsample));

    /** torchvision's models, by the class's path behind {@code torchvision.models.}, also of older releases. */
    private static final List<Map.Entry<String, Forward>> NETWORKS = List.of(
            entry("_utils.IntermediateLayerGetter", Segmentation::layerGetter),
            entry("alexnet.AlexNet", PlainNets::forward),
            entry("convnext.CNBlock", ConvNeXts::block),
            entry("convnext.ConvNeXt", ConvNeXts::convNeXt),
            entry("convnext.ConvNormActivation", Containers::sequential),
            entry("convnext.LayerNorm2d", ConvNeXts::layerNorm2d),
            entry("convnext.Permute", ConvolutionUnits::permute),
            entry("densenet.DenseNet", DenseNets::denseNet),
            entry("densenet._DenseBlock", DenseNets::denseBlock),
            entry("densenet._DenseLayer", DenseNets::denseLayer),
            entry("densenet._Transition", Containers::sequential),
            entry("efficientnet.EfficientNet", EfficientNets::efficientNet),
            entry("efficientnet.FusedMBConv", EfficientNets::block),
            entry("efficientnet.MBConv", EfficientNets::block),
            entry("googlenet.BasicConv2d", GoogLeNets::basicConv2d),
            entry("googlenet.GoogLeNet", GoogLeNets::googLeNet),
            entry("googlenet.Inception", GoogLeNets::inception),
            entry("inception.BasicConv2d", GoogLeNets::basicConv2d),
            entry("inception.Inception3", Inceptions::inception3),
            entry("inception.InceptionA", Inceptions::inceptionA),
            entry("inception.InceptionB", Inceptions::inceptionB),
            entry("inception.InceptionC", Inceptions::inceptionC),
            entry("inception.InceptionD", Inceptions::inceptionD),
            entry("inception.InceptionE", Inceptions::inceptionE),
            entry("maxvit.MBConv", MaxVits::mobileBlock),
            entry("maxvit.MaxVit", MaxVits::maxVit),
            entry("maxvit.MaxVitBlock", MaxVits::block),
            entry("maxvit.MaxVitLayer", MaxVits::layer),
            entry("maxvit.PartitionAttentionLayer", MaxVits::partitionAttention),
            entry("maxvit.RelativePositionalMultiHeadAttention", MaxVits::attention),
            entry("mnasnet.MNASNet", MobileNets::mnasNet),
            entry("mnasnet._InvertedResidual", MobileNets::mnasResidual),
            entry("mobilenet.ConvBNReLU", Containers::sequential),
            entry("mobilenet.InvertedResidual", MobileNets::invertedResidual),
            entry("mobilenet.MobileNetV2", MobileNets::mobileNetV2),
            entry("mobilenetv2.ConvBNActivation", Containers::sequential),
            entry("mobilenetv2.ConvBNReLU", Containers::sequential),
            entry("mobilenetv2.InvertedResidual", MobileNets::invertedResidual),
            entry("mobilenetv2.MobileNetV2", MobileNets::mobileNetV2),
            entry("mobilenetv3.InvertedResidual", MobileNetsV3::invertedResidual),
            entry("mobilenetv3.MobileNetV3", MobileNetsV3::mobileNetV3),
            entry("mobilenetv3.SqueezeExcitation", ConvolutionUnits::oldSqueezeExcitation),
            entry("regnet.AnyStage", Containers::sequential),
            entry("regnet.BottleneckTransform", Containers::sequential),
            entry("regnet.RegNet", RegNets::regNet),
            entry("regnet.ResBottleneckBlock", RegNets::block),
            entry("regnet.SimpleStemIN", Containers::sequential),
            entry("resnet.BasicBlock", ResNets::basicBlock),
            entry("resnet.Bottleneck", ResNets::bottleneck),
            entry("resnet.ResNet", ResNets::resNet),
            entry("segmentation.deeplabv3.ASPP", Segmentation::pyramid),
            entry("segmentation.deeplabv3.ASPPConv", Containers::sequential),
            entry("segmentation.deeplabv3.ASPPPooling", Segmentation::pyramidPooling),
            entry("segmentation.deeplabv3.DeepLabHead", Containers::sequential),
            entry("segmentation.deeplabv3.DeepLabV3", Segmentation::simple),
            entry("segmentation.fcn.FCN", Segmentation::simple),
            entry("segmentation.fcn.FCNHead", Containers::sequential),
            entry("segmentation.lraspp.LRASPP", Segmentation::lite),
            entry("segmentation.lraspp.LRASPPHead", Segmentation::liteHead),
            entry("shufflenetv2.InvertedResidual", ShuffleNets::invertedResidual),
            entry("shufflenetv2.ShuffleNetV2", ShuffleNets::shuffleNet),
            entry("squeezenet.Fire", SqueezeNets::fire),
            entry("squeezenet.SqueezeNet", SqueezeNets::squeezeNet),
            entry("swin_transformer.PatchMerging", SwinTransformers::patchMerging),
            entry("swin_transformer.PatchMergingV2", SwinTransformers::patchMergingV2),
            entry("swin_transformer.ShiftedWindowAttention", WindowAttention::forward),
            entry("swin_transformer.ShiftedWindowAttentionV2", WindowAttention::forwardV2),
            entry("swin_transformer.SwinTransformer", SwinTransformers::swinTransformer),
            entry("swin_transformer.SwinTransformerBlock", SwinTransformers::block),
            entry("swin_transformer.SwinTransformerBlockV2", SwinTransformers::blockV2),
            entry("vgg.VGG", PlainNets::forward),
            entry("vision_transformer.Encoder", VisionTransformers::encoder),
            entry("vision_transformer.EncoderBlock", VisionTransformers::encoderBlock),
            entry("vision_transformer.MLPBlock", Containers::sequential),
            entry("vision_transformer.VisionTransformer", VisionTransformers::visionTransformer));

    /** What stands elsewhere, by whole paths. */
    private static final List<Map.Entry<String, Forward>> OTHERS = List.of(
            entry("pytorch_cifar.models.resnet.BasicBlock", CifarResNets::basicBlock),
            entry("pytorch_cifar.models.resnet.Bottleneck", CifarResNets::bottleneck),
            entry("pytorch_cifar.models.resnet.ResNet", CifarResNets::resNet),
            entry("pytorch_resnet_cifar10.resnet.BasicBlock", CifarResNets::basicBlock),
            entry("pytorch_resnet_cifar10.resnet.LambdaLayer", CifarResNets::strideAndZeros),
            entry("pytorch_resnet_cifar10.resnet.ResNet", CifarResNets::resNet),
            entry("torch._dynamo.eval_frame.OptimizedModule", Containers::optimizedModule),
            entry("torch.nn.parallel.data_parallel.DataParallel", Containers::dataParallel),
            entry("torch.nn.parallel.distributed.DistributedDataParallel", Containers::dataParallel),
            entry("torchvision.ops.misc.Conv2dNormActivation", Containers::sequential),
            entry("torchvision.ops.misc.ConvNormActivation", Containers::sequential),
            entry("torchvision.ops.misc.FrozenBatchNorm2d", ConvolutionUnits::frozenBatchNorm),
            entry("torchvision.ops.misc.MLP", Containers::sequential),
            entry("torchvision.ops.misc.Permute", ConvolutionUnits::permute),
            entry("torchvision.ops.misc.SqueezeExcitation", ConvolutionUnits::squeezeExcitation),
            entry("torchvision.ops.stochastic_depth.StochasticDepth", Containers::identity));

    /** Modules that are never called by themselves: those that hold others, and those whose work the module that holds them does. */
    private static final List<String> PARTS = List.of(
            "torch.nn.modules.container.ModuleDict",
            "torch.nn.modules.container.ModuleList",
            "torchvision.models.googlenet.InceptionAux",
            "torchvision.models.inception.InceptionAux",
            "torchvision.models.maxvit.SwapAxes",
            "torchvision.models.maxvit.WindowDepartition",
            "torchvision.models.maxvit.WindowPartition");

    private static final SortedMap<String, Forward> ALL = all();

    private ForwardTable() {}

    private static SortedMap<String, Forward> all() {
        SortedMap<String, Forward> all = new TreeMap<>();
        List<Map.Entry<String, Forward>> entries = new ArrayList<>(OTHERS);
        LAYERS.forEach(line -> entries.add(entry(MODULES + line.getKey(), line.getValue())));
        NETWORKS.forEach(line -> entries.add(entry(MODELS + line.getKey(), line.getValue())));
        for (Map.Entry<String, Forward> line : entries) {
            if (all.put(line.getKey(), line.getValue()) != null) {
                throw new IllegalStateException(line.getKey() + " stands in the table twice");
            }
        }
        return all;
    }

    /** The forward of each class. */
    static Map<String, Forward> forwards() {
        return ALL;
    }

    /** Whether modules of a class can be rebuilt. */
    static boolean knows(String className) {
        return ALL.containsKey(className) || PARTS.contains(className);
    }

    /** Every class that can be rebuilt from a pickle, sorted. */
    public static List<String> classes() {
        return List.copyOf(ALL.keySet());
    }
}
