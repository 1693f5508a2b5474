package dev.entrepot.importers.torch.modules;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.torch.modules.state.Mismatch;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.state.StateKeys;
import dev.entrepot.importers.torch.modules.vision.CifarResNets;
import dev.entrepot.importers.torch.modules.vision.ConvNeXts;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The families of networks that are recognised by a state_dict alone. */
public final class Families {

    /** A family, and the network of it whose state_dict this is. */
    private record Family(String name, Function<StateKeys, Recognised> recognise) {}

    private static final List<Family> ALL = List.of(
            new Family("AlexNet", PlainNets::alexNet),
            new Family("ConvNeXt", ConvNeXts::recognise),
            new Family("DenseNet", DenseNets::recognise),
            new Family("EfficientNet", EfficientNets::recognise),
            new Family("FCN and DeepLabV3", Segmentation::recognise),
            new Family("GoogLeNet", GoogLeNets::recognise),
            new Family("Inception v3", Inceptions::recognise),
            new Family("LR-ASPP", Segmentation::lite),
            new Family("MNASNet", MobileNets::mnasNet),
            new Family("MaxViT", MaxVits::recognise),
            new Family("MobileNetV2", MobileNets::mobileNetV2),
            new Family("MobileNetV3", MobileNetsV3::recognise),
            new Family("RegNet", RegNets::recognise),
            new Family("ResNet", ResNets::recognise),
            new Family("ResNet for CIFAR", CifarResNets::recognise),
            new Family("ShuffleNet v2", ShuffleNets::recognise),
            new Family("SqueezeNet", SqueezeNets::recognise),
            new Family("Swin Transformer", SwinTransformers::recognise),
            new Family("VGG", PlainNets::vgg),
            new Family("Vision Transformer", VisionTransformers::recognise));

    private static final int SHOWN = 6;

    private Families() {}

    /** The names of the families. */
    public static List<String> names() {
        return ALL.stream().map(Family::name).toList();
    }

    /**
     * The network whose state_dict this is. What all keys begin with, such as {@code model.}, may stand before them.
     *
     * @throws ModelException (unsupported) saying what was found, which family comes nearest, and what to give
     */
    public static Recognised recognise(SourceLocation where, Map<String, TorchTensor> tensors) {
        Attempts plain = attempt(where, tensors);
        if (plain.found.size() == 1) {
            return plain.found.get(0);
        }
        if (plain.found.size() > 1) {
            throw ambiguous(where, tensors, plain.found);
        }
        Optional<String> prefix = commonPrefix(tensors);
        if (prefix.isPresent()) {
            Attempts stripped = attempt(where, without(prefix.get(), tensors));
            if (stripped.found.size() == 1) {
                Recognised found = stripped.found.get(0);
                List<String> notes = new ArrayList<>(found.notes());
                notes.add("\"" + prefix.get() + "\" is taken off all keys");
                return new Recognised(found.architecture(), found.module(), found.imageSize(), notes);
            }
        }
        throw unknown(where, tensors, plain);
    }

    /**
     * What came of trying all families.
     *
     * @param found the networks that fit
     * @param nearest the family of which most keys fitted
     * @param why what of it did not fit
     * @param fitting how many keys fitted
     */
    private record Attempts(List<Recognised> found, String nearest, String why, int fitting) {}

    private static Attempts attempt(SourceLocation where, Map<String, TorchTensor> tensors) {
        List<Recognised> found = new ArrayList<>();
        String nearest = "";
        String why = "";
        int most = 0;
        for (Family family : ALL) {
            StateKeys keys = StateKeys.of(where, tensors);
            Optional<String> fault = tryOne(family, keys, found);
            if (fault.isPresent() && keys.fitting() > most) {
                most = keys.fitting();
                nearest = family.name;
                why = fault.get();
            }
        }
        return new Attempts(found, nearest, why, most);
    }

    /** What first tells that a state_dict is not of a family; nothing if it is, and then it is found. */
    private static Optional<String> tryOne(Family family, StateKeys keys, List<Recognised> found) {
        String fault = "";
        try {
            Recognised recognised = family.recognise.apply(keys);
            List<String> left = keys.left();
            if (left.isEmpty() && keys.faults().isEmpty()) {
                found.add(recognised);
                return Optional.empty();
            }
            fault = left.isEmpty()
                    ? ""
                    : "\"" + left.get(0) + "\" and " + (left.size() - 1) + " further keys have no place in a "
                            + recognised.architecture();
        } catch (Mismatch mismatch) {
            fault = String.valueOf(mismatch.getMessage());
        }
        return Optional.of(keys.faults().isEmpty() ? fault : keys.faults().get(0));
    }

    private static Optional<String> commonPrefix(Map<String, TorchTensor> tensors) {
        String first = tensors.keySet().stream().findFirst().orElse("");
        String prefix = first.substring(0, first.indexOf('.') + 1);
        return !prefix.isEmpty() && tensors.keySet().stream().allMatch(key -> key.startsWith(prefix))
                ? Optional.of(prefix)
                : Optional.empty();
    }

    private static Map<String, TorchTensor> without(String prefix, Map<String, TorchTensor> tensors) {
        Map<String, TorchTensor> stripped = new LinkedHashMap<>();
        tensors.forEach((key, tensor) -> stripped.put(key.substring(prefix.length()), tensor));
        return stripped;
    }

    private static ModelException ambiguous(
            SourceLocation where, Map<String, TorchTensor> tensors, List<Recognised> found) {
        return ModelException.unsupported(
                where,
                "state_dict",
                "fits several networks: "
                        + found.stream().map(Recognised::architecture).toList() + "; " + found(tensors) + "; "
                        + toGive());
    }

    private static ModelException unknown(SourceLocation where, Map<String, TorchTensor> tensors, Attempts attempts) {
        String nearest = attempts.fitting == 0
                ? "no key fits one"
                : "the nearest is " + attempts.nearest + ", of which " + attempts.fitting + " keys fit, but "
                        + attempts.why;
        return ModelException.unsupported(
                where,
                "state_dict",
                "is of none of the networks that are known by their keys (" + String.join(", ", names()) + "): "
                        + nearest + "; " + found(tensors) + "; " + toGive());
    }

    private static String found(Map<String, TorchTensor> tensors) {
        return "found " + tensors.size() + " keys: "
                + tensors.entrySet().stream()
                        .limit(SHOWN)
                        .map(entry -> "\"" + entry.getKey() + "\" " + entry.getValue())
                        .collect(Collectors.joining(", "))
                + (tensors.size() > SHOWN ? ", ..." : "");
    }

    private static String toGive() {
        return "a state_dict holds no network: give its Python source too, as nets.py:Class(), or export it with"
                + " torch.export.save or torch.jit.save";
    }
}
