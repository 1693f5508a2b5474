package dev.entrepot.formats.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.torch.GlobalUse.Verdict;
import dev.entrepot.formats.torch.TorchValue.Dict;
import dev.entrepot.formats.torch.TorchValue.Instance;
import dev.entrepot.formats.torch.TorchValue.Opaque;
import dev.entrepot.tensor.TensorData.SourceData;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file was written by genuine PyTorch, which also told the expected tensors: tools/torch-fixtures.py. */
class TorchFileTest {

    static List<String> names() {
        return Fixtures.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void tensors_are_what_pytorch_sees(String name) {
        TorchFile file = Fixtures.read(name);

        assertThat(Fixtures.described(file.tensors())).containsExactlyInAnyOrderEntriesOf(Fixtures.expected(name));
        assertThat(TorchFile.recognise(Fixtures.file(name))).contains(file.form());
    }

    @Test
    void constants_of_exported_programs_are_what_pytorch_sees() {
        for (String name : List.of("exported.pt2", "exported_2_6.pt2")) {
            assertThat(Fixtures.described(Fixtures.read(name).constants()))
                    .containsExactlyInAnyOrderEntriesOf(Fixtures.expected(name + "#constants"));
        }
    }

    @Test
    void forms_are_recognised() {
        assertThat(Fixtures.read("genuine.tar").form()).isEqualTo(TorchForm.TAR);
        assertThat(Fixtures.read("protocol2.legacy.pth").form()).isEqualTo(TorchForm.LEGACY);
        assertThat(Fixtures.read("protocol4.legacy.pth").form()).isEqualTo(TorchForm.LEGACY);
        assertThat(Fixtures.read("tensor.pth").form()).isEqualTo(TorchForm.ZIP);
        assertThat(Fixtures.read("script.pt").form()).isEqualTo(TorchForm.TORCHSCRIPT);
        assertThat(Fixtures.read("frozen.pt").form()).isEqualTo(TorchForm.TORCHSCRIPT);
        assertThat(Fixtures.read("lite.ptl").form()).isEqualTo(TorchForm.MOBILE);
        assertThat(Fixtures.read("exported.pt2").form()).isEqualTo(TorchForm.PT2);
        assertThat(Fixtures.read("exported_2_6.pt2").form()).isEqualTo(TorchForm.EXPORTED);
        assertThat(Fixtures.read("package.pt").form()).isEqualTo(TorchForm.PACKAGE);
        assertThat(Fixtures.read("dtypes.safetensors").form()).isEqualTo(TorchForm.SAFETENSORS);
        assertThat(TorchFile.recognise(ByteSource.of("net.prototxt", "name: \"net\"".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    @Test
    void contiguous_tensors_are_slices_and_views_share_their_storage() {
        TorchFile file = Fixtures.read("strided.pth");

        assertThat(file.tensor("whole").tensor().data()).isInstanceOf(SourceData.class);
        assertThat(file.tensor("row").tensor().data()).isInstanceOf(SourceData.class);
        assertThat(file.tensor("transposed").view().orElseThrow().storage())
                .isEqualTo(file.tensor("whole").view().orElseThrow().storage());
    }

    @Test
    void parameters_are_told_from_tensors_and_order_is_kept() {
        TorchFile file = Fixtures.read("parameters.pth");

        assertThat(file.tensors().keySet()).containsExactly("z", "a", "m", "buffer");
        assertThat(file.tensor("z").parameter()).isTrue();
        assertThat(file.tensor("z").requiresGrad()).isTrue();
        assertThat(file.tensor("a").requiresGrad()).isFalse();
        assertThat(file.tensor("m").parameter()).isFalse();
    }

    @Test
    void quantized_tensors_keep_scale_and_zero_point() {
        TorchFile file = Fixtures.read("quantized.pth");

        assertThat(file.tensor("per_tensor").quantization()).contains(new TorchTensor.PerTensor(0.25, 10));
        TorchTensor.PerChannel channels = (TorchTensor.PerChannel)
                file.tensor("per_channel").quantization().orElseThrow();
        assertThat(channels.scales().toFloats()).containsExactly(0.5f, 0.25f);
        assertThat(channels.zeroPoints().toLongs()).containsExactly(0, 3);
        assertThat(channels.axis()).isZero();
    }

    @Test
    void odd_values_stay_in_their_place_with_a_reason() {
        Dict values = (Dict) Fixtures.read("odd.pth").value();

        assertThat(values.find("sparse").orElseThrow())
                .hasToString(
                        "torch._utils._rebuild_sparse_tensor(...) (_rebuild_sparse_tensor makes a tensor that is not stored element by element)");
        assertThat(((Opaque) values.find("conjugate").orElseThrow()).reason()).contains("conjugated");
        assertThat(values.find("meta").orElseThrow()).isInstanceOf(Opaque.class);
        assertThat(values.find("dtype").orElseThrow()).hasToString("torch.float16");
        assertThat(values.find("device").orElseThrow()).hasToString("cuda:1");
        assertThat(values.find("size").orElseThrow()).hasToString("size of 2");
        assertThat(values.find("complex").orElseThrow()).isEqualTo(new TorchValue.Complex(1, 2));
        assertThat(((Opaque) values.find("range").orElseThrow()).reason())
                .isEqualTo("calls __builtin__.slice, which is not on the allow-list");
    }

    @Test
    void modules_are_trees_of_class_names_and_attributes() {
        TorchFile file = Fixtures.read("module.pth");

        Instance net = (Instance) file.value();
        assertThat(net.className()).isEqualTo("torch.nn.modules.container.Sequential");
        Instance features = child(net, "features");
        Instance convolution = child(features, "0");
        assertThat(convolution.className()).isEqualTo("torch.nn.modules.conv.Conv2d");
        assertThat(convolution.attribute("kernel_size").orElseThrow()).hasToString("tuple of 2");
        assertThat(child(features, "1").attribute("eps")).contains(new TorchValue.Float(1e-5));
        assertThat(file.globals()).allSatisfy(use -> assertThat(use.verdict()).isNotEqualTo(Verdict.NOT_ALLOWED));
    }

    @Test
    void the_source_text_of_a_class_comes_out_of_a_legacy_file() {
        TorchFile file = Fixtures.read("module.legacy.pth");

        assertThat(((Instance) file.value()).className()).isEqualTo("__main__.Tiny");
        assertThat(file.code().get(0).path()).isEqualTo("__main__.Tiny.py");
        assertThat(file.code().get(0).text()).startsWith("class Tiny(torch.nn.Module):");
        assertThat(file.globals())
                .filteredOn(use -> use.verdict() == Verdict.NOT_ALLOWED)
                .extracting(GlobalUse::name)
                .containsExactly("__main__.Tiny");
    }

    @Test
    void torchscript_shows_its_code_and_constants() {
        TorchFile script = Fixtures.read("script.pt");

        assertThat(script.code()).extracting(CodeFile::path).contains("code/__torch__.py");
        assertThat(script.code().get(0).text()).contains("class Script(Module):");
        assertThat(((Instance) script.value()).attribute("sizes").orElseThrow()).hasToString("list of 2");
        TorchFile frozen = Fixtures.read("frozen.pt");
        assertThat(frozen.constants().keySet()).contains("c0", "c1");
    }

    @Test
    void exported_programs_hand_out_their_json() {
        TorchFile file = Fixtures.read("exported.pt2");

        assertThat(file.documents()).containsOnlyKeys("models/model.json");
        assertThat(file.facts()).containsEntry("archive_format", "pt2").containsEntry("byteorder", "little");
        assertThat(file.tensor("linear.weight").parameter()).isTrue();
        assertThat(file.tensor("turned").parameter()).isFalse();
        assertThat(file.tensor("tied").view())
                .isEqualTo(file.tensor("linear.weight").view());
    }

    @Test
    void packages_can_be_looked_at() {
        TorchFile file = Fixtures.read("package.pt");

        assertThat(file.code()).extracting(CodeFile::path).contains("net/code.py");
        assertThat(file.globals()).extracting(GlobalUse::name).contains("torch._utils._rebuild_tensor_v2");
        assertThat(file.notes()).anyMatch(note -> note.contains("but not imported"));
    }

    @Test
    void flatbuffers_are_refused_by_name() {
        byte[] mobile = "\u0018\0\0\0PTMF\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] executorch = "\u0018\0\0\0ET12\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> TorchFile.read(ByteSource.of("net.ptl", mobile)))
                .hasMessageStartingWith("net.ptl@4: file: is a mobile model in flatbuffer form");
        assertThatThrownBy(() -> TorchFile.read(ByteSource.of("net.pte", executorch)))
                .hasMessageStartingWith("net.pte@4: file: is an ExecuTorch program");
    }

    private static Instance child(Instance module, String name) {
        return (Instance)
                ((Dict) module.attribute("_modules").orElseThrow()).find(name).orElseThrow();
    }
}
