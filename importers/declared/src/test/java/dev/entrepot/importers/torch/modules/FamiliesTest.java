package dev.entrepot.importers.torch.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.TorchvisionTrees.Network;
import dev.entrepot.importers.torch.modules.state.Recognised;
import dev.entrepot.importers.torch.modules.tree.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks are recognised by their state_dict; what torchvision's constructors make is the independent telling. */
class FamiliesTest {

    private static final SourceLocation FILE = SourceLocation.file("net.pth");

    /** What does nothing at inference, or is done by the module that holds it. */
    private static final List<String> IDLE = List.of(
            "torch.nn.modules.linear.Identity",
            "torchvision.ops.stochastic_depth.StochasticDepth",
            "torchvision.models.maxvit.SwapAxes",
            "torchvision.models.maxvit.WindowDepartition",
            "torchvision.models.maxvit.WindowPartition");

    static Stream<Network> networks() {
        return TorchvisionTrees.all().stream();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void every_constructor_of_torchvision_is_recognised_and_has_its_own_modules(Network network) {
        Recognised recognised = Families.recognise(FILE, network.stateDict());

        assertThat(recognised.architecture()).isEqualTo("torchvision " + network.name());
        assertThat(differences(network, recognised.module())).isEmpty();
    }

    private static List<String> differences(Network network, Module built) {
        Map<String, Module> mine = built.all().collect(Collectors.toMap(Module::path, Function.identity()));
        List<String> differences = new ArrayList<>();
        network.modules().forEach((path, expected) -> {
            Module module = mine.remove(path);
            if (module != null) {
                compare(expected, module, differences);
            } else if (!IDLE.contains(expected.get(0))) {
                differences.add("no module \"" + path + "\" " + expected);
            }
        });
        mine.keySet().forEach(path -> differences.add("a module \"" + path + "\" too many"));
        return differences;
    }

    private static void compare(List<String> expected, Module module, List<String> differences) {
        if (!module.className().equals(expected.get(0))) {
            differences.add(module + " is a " + module.className() + ", not a " + expected.get(0));
        }
        for (String attribute : expected.subList(1, expected.size())) {
            String name = attribute.substring(0, attribute.indexOf('='));
            String value = attribute.substring(name.length() + 1);
            IValue found = module.attributes().get(name);
            boolean ofTorch = module.className().startsWith("torch.nn.");
            if (found == null ? ofTorch : !isSame(value, text(found))) {
                differences.add(
                        module + " has " + name + " " + (found == null ? "nowhere" : text(found)) + ", not " + value);
            }
        }
    }

    private static String text(IValue value) {
        if (value instanceof IValue.ListValue list) {
            return list.items().stream().map(FamiliesTest::text).collect(Collectors.joining(",", "(", ")"));
        } else if (value instanceof IValue.Int number) {
            return number.value().toString();
        } else if (value instanceof IValue.Real real) {
            return Double.toString(real.value());
        } else if (value instanceof IValue.Bool bool) {
            return bool.value() ? "True" : "False";
        }
        return value instanceof IValue.Text text ? text.value() : value.toString();
    }

    private static boolean isSame(String expected, String found) {
        return expected.equals(found)
                || found.equals("(" + expected + "," + expected + ")")
                || expected.matches("[0-9.e-]+")
                        && found.matches("[0-9.E-]+")
                        && Double.parseDouble(expected) == Double.parseDouble(found);
    }

    @Test
    void another_number_of_classes_is_no_obstacle() {
        Map<String, TorchTensor> tensors = TorchvisionTrees.named("resnet18").stateDict();
        tensors.put("fc.weight", TorchvisionTrees.zeros("fc.weight", 7, 512));
        tensors.put("fc.bias", TorchvisionTrees.zeros("fc.bias", 7));

        assertThat(Families.recognise(FILE, tensors).architecture()).isEqualTo("torchvision resnet18");
    }

    @Test
    void a_prefix_of_all_keys_is_taken_off_with_a_note() {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        TorchvisionTrees.named("squeezenet1_1")
                .stateDict()
                .forEach((key, tensor) -> tensors.put("model." + key, tensor));

        Recognised recognised = Families.recognise(FILE, tensors);

        assertThat(recognised.architecture()).isEqualTo("torchvision squeezenet1_1");
        assertThat(recognised.notes()).contains("\"model.\" is taken off all keys");
    }

    @Test
    void densenets_of_torchvision_0_3_have_dots_in_their_names() {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        TorchvisionTrees.named("densenet121")
                .stateDict()
                .forEach((key, tensor) ->
                        tensors.put(key.replaceAll("(denselayer\\d+\\.(?:norm|conv))([12])", "$1.$2"), tensor));

        assertThat(Families.recognise(FILE, tensors).architecture()).isEqualTo("torchvision densenet121");
    }

    @Test
    void vision_transformers_of_torchvision_0_13_have_named_layers() {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        TorchvisionTrees.named("vit_b_16")
                .stateDict()
                .forEach((key, tensor) ->
                        tensors.put(key.replace("mlp.0.", "mlp.linear_1.").replace("mlp.3.", "mlp.linear_2."), tensor));

        assertThat(Families.recognise(FILE, tensors).architecture()).isEqualTo("torchvision vit_b_16");
    }

    @Test
    void auxiliary_classifiers_are_left_out_with_a_note() {
        Recognised recognised =
                Families.recognise(FILE, TorchvisionTrees.named("inception_v3").stateDict());

        assertThat(recognised.imageSize()).isEqualTo(299);
        assertThat(recognised.notes())
                .anyMatch(note -> note.startsWith("\"AuxLogits\" is left out"))
                .anyMatch(note -> note.startsWith("transform_input is taken as False"));
    }

    @Test
    void a_kernel_that_no_resnet_has_is_refused_with_its_key() {
        Map<String, TorchTensor> tensors = TorchvisionTrees.named("resnet18").stateDict();
        tensors.put("conv1.weight", TorchvisionTrees.zeros("conv1.weight", 64, 3, 3, 3));

        assertThatThrownBy(() -> Families.recognise(FILE, tensors))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("\"conv1.weight\" has shape [64, 3, 3, 3], expected a kernel of 7 by 7");
    }

    @Test
    void a_key_too_many_is_refused() {
        Map<String, TorchTensor> tensors = TorchvisionTrees.named("resnet18").stateDict();
        tensors.put("layer1.0.se.fc.weight", TorchvisionTrees.zeros("weight", 4, 64));

        assertThatThrownBy(() -> Families.recognise(FILE, tensors))
                .hasMessageContaining("the nearest is ResNet")
                .hasMessageContaining(
                        "\"layer1.0.se.fc.weight\" and 0 further keys have no place in a torchvision resnet18");
    }

    @Test
    void a_stranger_is_refused_with_what_was_found_and_what_to_give() {
        assertThatThrownBy(
                        () -> Families.recognise(FILE, Map.of("conv.weight", TorchvisionTrees.zeros("", 8, 1, 3, 3))))
                .hasMessageContaining("no key fits one")
                .hasMessageContaining("found 1 keys: \"conv.weight\" float32[8, 1, 3, 3]")
                .hasMessageContaining("nets.py:Class()");
    }

    @Test
    void the_paper_s_cifar_net_is_told_from_torchvision_s() {
        Recognised recognised = Families.recognise(FILE, cifarResNet(3));

        assertThat(recognised.architecture()).isEqualTo("pytorch_resnet_cifar10 resnet20");
        assertThat(recognised.imageSize()).isEqualTo(32);
    }

    private static Map<String, TorchTensor> cifarResNet(int blocks) {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        putConvolution(tensors, "conv1", "bn1", 16, 3);
        int before = 16;
        for (int stage = 1; stage <= 3; stage++) {
            int width = 8 << stage;
            for (int block = 0; block < blocks; block++) {
                String prefix = "layer" + stage + "." + block + ".";
                putConvolution(tensors, prefix + "conv1", prefix + "bn1", width, before);
                putConvolution(tensors, prefix + "conv2", prefix + "bn2", width, width);
                before = width;
            }
        }
        tensors.put("linear.weight", TorchvisionTrees.zeros("", 10, 64));
        tensors.put("linear.bias", TorchvisionTrees.zeros("", 10));
        return tensors;
    }

    private static void putConvolution(Map<String, TorchTensor> tensors, String conv, String norm, int out, int in) {
        tensors.put(conv + ".weight", TorchvisionTrees.zeros("", out, in, 3, 3));
        for (String name : List.of("weight", "bias", "running_mean", "running_var")) {
            tensors.put(norm + "." + name, TorchvisionTrees.zeros("", out));
        }
    }
}
