package dev.entrepot.formats.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.SharedFiles;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Published files in every form. The values of burn_reader_formats are those that tracel-ai/burn's own tests expect
 * (crates/burn-store/src/pytorch/tests/reader: mod.rs, test_data.py, create_tar_format.py).
 */
class SharedModelsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "float32.pt|tensor|float32[4]|1.0, 2.5, -3.7, 0.0",
                "float64.pt|tensor|float64[3]|1.1, 2.2, 3.3",
                "int64.pt|tensor|int64[4]|100, -200, 300, 0",
                "int32.pt|tensor|int32[3]|10, 20, -30",
                "int16.pt|tensor|int16[3]|1000, -2000, 3000",
                "int8.pt|tensor|int8[4]|127, -128, 0, 50",
                "bool.pt|tensor|bool[5]|1, 0, 1, 1, 0",
                "uint8.pt|tensor|uint8[4]|0, 128, 255, 42",
                "float16.pt|tensor|float16[3]|1.5, -2.25, 3.125",
                "bfloat16.pt|tensor|bfloat16[3]|1.5, -2.5, 3.5",
                "tensor_2d.pt|tensor|float32[3, 2]|1, 2, 3, 4, 5, 6",
                "scalar.pt|tensor|float32[]|42",
                "special_values.pt|tensor|float32[5]|NaN, Infinity, -Infinity, 0, 1",
                "extreme_values.pt|tensor|float32[4]|1e-30, 1e30, -1e-30, -1e30",
                "buffers.pt|buffer1|int32[3]|1, 2, 3",
                "buffers.pt|buffer2|bool[2]|1, 0",
                "mixed_types.pt|float32|float32[2]|1, 2",
                "mixed_types.pt|int64|int64[2]|100, 200",
                "mixed_types.pt|bool|bool[2]|1, 0",
                "mixed_types.pt|float64|float64[2]|1.1, 2.2",
                "state_dict.pt|running_mean|float32[3]|0, 0, 0",
                "state_dict.pt|running_var|float32[3]|1, 1, 1",
                "simple_legacy.pt|bias|float32[2]|1, 1",
                "simple_legacy.pt|running_mean|float32[2]|0, 0",
                "legacy_uncloned_views.pt|tensor1|float32[10]|10, 11, 12, 13, 14, 15, 16, 17, 18, 19",
                "legacy_uncloned_views.pt|tensor2|float32[10]|50, 51, 52, 53, 54, 55, 56, 57, 58, 59",
                "legacy_with_offsets.pt|tensor1|float32[10]|1.00, 1.01, 1.02, 1.03, 1.04, 1.05, 1.06, 1.07, 1.08, 1.09",
                "legacy_with_offsets.pt|tensor2|float32[5]|2.0, 2.1, 2.2, 2.3, 2.4",
                "legacy_with_offsets.pt|tensor3|float32[5]|3.0, 3.1, 3.2, 3.3, 3.4",
                "tar_float32.tar|tensor|float32[4]|1.0, 2.5, -3.7, 0.0",
                "tar_float64.tar|tensor|float64[3]|1.1, 2.2, 3.3",
                "tar_int64.tar|tensor|int64[4]|100, -200, 300, 0",
                "tar_weight_bias.tar|weight|float32[2, 3]|0.1, 0.2, 0.3, 0.4, 0.5, 0.6",
                "tar_weight_bias.tar|bias|float32[2]|0.01, 0.02",
                "tar_multi_dtype.tar|float_tensor|float32[3]|1.5, 2.5, 3.5",
                "tar_multi_dtype.tar|double_tensor|float64[2]|1.111, 2.222",
                "tar_multi_dtype.tar|int_tensor|int64[4]|10, 20, 30, 40",
                "tar_2d_tensor.tar|matrix|float32[3, 4]|1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
            })
    void burn_files_have_their_values(String name, String path, String type, String values) throws IOException {
        TorchTensor tensor = burn(name).tensor(path);

        assertThat(tensor).hasToString(type);
        double[] expected = Arrays.stream(values.split(","))
                .mapToDouble(value -> Double.parseDouble(value.strip()))
                .toArray();
        double[] found = doubles(tensor.tensor());
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertThat(found[i]).isNaN();
            } else if (Double.isFinite(expected[i])) {
                assertThat(found[i]).isCloseTo(expected[i], offset(1e-6 * Math.abs(expected[i])));
            } else {
                assertThat(found[i]).isEqualTo(expected[i]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tensor_3d.pt|tensor float32[2, 3, 4]",
                "tensor_4d.pt|tensor float32[2, 3, 2, 2]",
                "empty.pt|tensor float32[0]",
                "parameter.pt|param float32[3, 3]",
                "nested_dict.pt|layer1.weight float32[2, 3]; layer1.bias float32[2]; layer2.weight float32[4, 2]; layer2.bias float32[4]",
                "checkpoint.pt|model_state_dict.fc1.weight float32[10, 5]; model_state_dict.fc1.bias float32[10];"
                        + " model_state_dict.fc2.weight float32[3, 10]; model_state_dict.fc2.bias float32[3];"
                        + " optimizer_state_dict.state.0.momentum_buffer float32[10, 5]",
                "complex_structure.pt|state.encoder.layer_0.weight float32[4, 3]; state.encoder.layer_0.bias float32[4];"
                        + " state.encoder.layer_1.weight float32[2, 4]; state.encoder.layer_1.bias float32[2];"
                        + " state.decoder.weight float32[3, 2]; state.decoder.bias float32[3]",
            })
    void burn_files_have_their_shapes(String name, String tensors) throws IOException {
        TorchFile file = burn(name);

        assertThat(file.tensors().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList())
                .containsExactly(tensors.split("; "));
    }

    @Test
    void burn_values_that_are_no_tensors_are_read() throws IOException {
        TorchValue.Dict checkpoint = (TorchValue.Dict) burn("checkpoint.pt").value();

        assertThat(checkpoint.find("epoch").orElseThrow()).hasToString("42");
        assertThat(checkpoint.find("loss")).contains(new TorchValue.Float(0.123));
    }

    @Test
    void burn_shared_storages_are_read_in_part() throws IOException {
        Map<String, TorchTensor> tensors = burn("legacy_shared_storage.pt").tensors();

        assertThat(tensors).hasSizeGreaterThanOrEqualTo(2);
        assertThat(tensors.values())
                .allSatisfy(tensor ->
                        assertThat(tensor.tensor().toBytes().remaining()).isPositive());
    }

    @Test
    void burn_large_shape_has_its_three_values() throws IOException {
        float[] values = burn("large_shape.pt").tensor("tensor").tensor().toFloats();

        assertThat(values).hasSize(10_000);
        assertThat(new float[] {values[0], values[5050], values[9999]}).containsExactly(1, 2, 3);
    }

    @Test
    void burn_broken_file_is_refused() {
        SharedFiles.require("models/pytorch/burn_reader_formats/broken.pt");

        assertThatThrownBy(() -> burn("broken.pt"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("broken.pt@0: file: is no PyTorch file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "digits.legacy.pth",
                "digits.module.pt",
                "digits.pt2",
                "digits.ptl",
                "digits.safetensors",
                "digits.torchscript.pt",
                "digits.traced.pt"
            })
    void digits_has_the_same_weights_in_every_form(String name) throws IOException {
        Map<String, TorchTensor> expected =
                shared("samples/digits/pytorch/digits.pth").tensors();

        Map<String, TorchTensor> tensors =
                shared("samples/digits/pytorch/" + name).tensors();

        Map<String, String> left = new LinkedHashMap<>(Fixtures.described(expected));
        if (!tensors.containsKey("features.1.num_batches_tracked")) {
            left.remove("features.1.num_batches_tracked");
        }
        assertThat(Fixtures.described(tensors)).containsExactlyInAnyOrderEntriesOf(left);
    }

    @Test
    void frozen_digits_keeps_its_weights_as_constants() throws IOException {
        TorchFile frozen = shared("samples/digits/pytorch/digits.frozen.pt");

        assertThat(frozen.constants().keySet()).containsExactly("c0", "c1", "c2", "c3", "c4", "c5");
        assertThat(frozen.code().get(0).text()).contains("CONSTANTS.c0");
    }

    @Test
    void both_trainings_of_mnist_have_the_same_shapes() throws IOException {
        TorchFile pickled = shared("models/pytorch/burn_mnist/mnist.pt");
        TorchFile stored = shared("models/pytorch/burn_mnist/mnist.safetensors");

        assertThat(pickled.tensors()).hasSameSizeAs(stored.tensors());
        pickled.tensors()
                .forEach((name, tensor) -> assertThat(stored.tensor(name)).hasToString(tensor.toString()));
        assertThat(pickled.tensor("norm1.num_batches_tracked").tensor().toLongs())
                .containsExactly(3752);
        assertThat(stored.tensor("norm1.num_batches_tracked").tensor().toLongs())
                .containsExactly(7504);
    }

    @Test
    void resnet20_and_mtcnn_are_unwrapped() throws IOException {
        StateDict resnet =
                StateDict.of(shared("models/pytorch/resnet_cifar10/resnet20-12fca82f.th"), StateDict.Options.NONE);
        TorchFile onet = shared("models/pytorch/mtcnn/onet.pt");

        assertThat(resnet.tensors().get("conv1.weight")).hasToString("float32[16, 3, 3, 3]");
        assertThat(resnet.notes()).contains("took \"module.\" off the names");
        assertThat(onet.tensor("conv1.weight").tensor().data()).isInstanceOf(StridedData.class);
        assertThat(onet.tensor("conv1.weight").tensor().toFloats()).hasSize(864);
    }

    @Test
    void silero_has_two_networks_and_their_code() throws IOException {
        TorchFile silero = shared("models/pytorch/silero_vad/silero_vad.jit");

        assertThat(silero.form()).isEqualTo(TorchForm.TORCHSCRIPT);
        assertThat(silero.code()).hasSize(44);
        float[] gates = silero.tensor("_model.decoder.rnn.weight_ih").tensor().toFloats();
        assertThat(gates[12345]).as("what torch.jit.load finds there").isEqualTo(-0.09610658138990402f);
        TorchFile plain = shared("models/pytorch/silero_vad/silero_vad_16k.safetensors");
        assertThat(Fixtures.described(plain.tensor("stft_conv.weight")))
                .isEqualTo(Fixtures.described(silero.tensor("_model.stft.forward_basis_buffer")));
    }

    private static TorchFile burn(String name) throws IOException {
        return shared("models/pytorch/burn_reader_formats/" + name);
    }

    private static TorchFile shared(String path) throws IOException {
        var file = SharedFiles.require(path);
        return TorchFile.read(ByteSource.of(file.getFileName().toString(), Files.readAllBytes(file)));
    }

    private static double[] doubles(Tensor tensor) {
        if (tensor.type() == DataType.FLOAT) {
            float[] values = tensor.toFloats();
            return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        }
        ByteBuffer bytes = tensor.toBytes();
        if (tensor.type() == DataType.DOUBLE) {
            return IntStream.range(0, bytes.remaining() / 8)
                    .mapToDouble(i -> bytes.getDouble(i * 8))
                    .toArray();
        }
        if (tensor.type() == DataType.BFLOAT16) {
            return IntStream.range(0, bytes.remaining() / 2)
                    .mapToDouble(i -> Float.intBitsToFloat(bytes.getShort(i * 2) << 16))
                    .toArray();
        }
        if (tensor.type() == DataType.FLOAT16) {
            return IntStream.range(0, bytes.remaining() / 2)
                    .mapToDouble(i -> half(bytes.getShort(i * 2)))
                    .toArray();
        }
        return Arrays.stream(tensor.toLongs()).asDoubleStream().toArray();
    }

    /** A normal float16. */
    private static double half(short bits) {
        double fraction = 1 + (bits & 0x3ff) / 1024.0;
        return Math.copySign(Math.scalb(fraction, (bits >> 10 & 0x1f) - 15), bits);
    }
}
