package dev.entrepot.importers.torch.exported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.torch.TorchFile;
import dev.entrepot.formats.torch.exported.ExportedProgram;
import dev.entrepot.formats.torch.exported.GraphModule;
import dev.entrepot.formats.torch.exported.TensorMeta;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.importers.InputSpec;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a program is known before any operator is called; the programs are genuine PyTorch's. */
class ProgramPartsTest {

    @ParameterizedTest
    @CsvSource({"buffer_mutation, total, calls", "buffer_mutation_decomposed, total, calls"})
    void a_buffer_whose_changes_reach_an_output_is_kept_and_a_counter_is_not(String name, String kept, String dropped) {
        States states = new States(module(name));

        assertThat(states.kept()).containsOnlyKeys(kept);
        assertThat(states.dropped()).containsExactly(dropped);
    }

    @Test
    void a_counter_alone_is_dropped() {
        States states = new States(module("unread_mutation"));

        assertThat(states.kept()).isEmpty();
        assertThat(states.dropped()).containsExactly("calls");
    }

    @Test
    void nodes_that_only_check_are_not_needed() {
        GraphModule module = module("item");
        Liveness liveness = new States(module).liveness();

        assertThat(module.graph().nodes().stream().filter(liveness::isNeeded))
                .extracting(node -> Targets.operator(node.target()))
                .containsExactly("aten::item", "aten::slice.Tensor", "aten::mul.Tensor");
    }

    @Test
    void an_input_that_is_changed_in_place_is_refused() {
        assertThatThrownBy(() -> ExportedImporter.lower(file("input_mutation"), ImportOptions.DEFAULT))
                .isInstanceOf(ModelException.class)
                .hasMessage("input_mutation.pt2: input \"x\": is changed in place (aten::add_.Tensor), which an ONNX"
                        + " model cannot do; clone it first");
    }

    @Test
    void inputs_are_called_as_forwards_parameters_and_the_keys_in_them() {
        GraphModule module = module("nested_inputs");

        assertThat(PortNames.inputs(module, List.of("a", "b", "c", "d", "e")))
                .containsExactly("pair_0", "pair_1", "table_a", "table_b", "scale");
        assertThat(PortNames.inputs(module("old_layout"), List.of("image"))).containsExactly("image");
    }

    @Test
    void outputs_are_called_by_their_keys() {
        assertThat(PortNames.outputs(module("static"), 1)).containsExactly("output_0");
        assertThat(PortNames.outputs(module("pieces"), 2)).containsExactly("output_0", "output_1");
        assertThat(PortNames.outputs(module("outputs_dict"), 4)).containsExactly("out", "aux_0", "aux_1_0", "aux_1_1");
    }

    @Test
    void symbols_are_called_after_the_axes_they_are_the_size_of() {
        ExportedProgram program = program("two_dims");
        DimNames dims = new DimNames(program.rangeConstraints());

        assertThat(dims.shape(meta(program, "query"))).hasToString("[N, L, 3]");
        assertThat(dims.shape(meta(program, "key"))).hasToString("[N, L2, 3]");
        assertThat(dims.metadata()).containsEntry("entrepot.dim.L", "3..64").containsEntry("entrepot.dim.N", "0..");
    }

    @Test
    void derived_sizes_are_expressions_of_the_same_symbol() {
        ExportedProgram program = program("derived_dims");
        DimNames dims = new DimNames(program.rangeConstraints());

        assertThat(dims.shape(meta(program, "x"))).hasToString("[N + 1]");
        assertThat(dims.shape(meta(program, "y"))).hasToString("[2*N]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "torch.ops.aten.conv2d.default|aten::conv2d",
                "torch.ops.aten.add_.Tensor|aten::add_.Tensor",
                "torch.ops.torchvision.nms.default|torchvision::nms",
                "_operator.floordiv|aten::floordiv",
                "math.ceil|aten::ceil",
            })
    void targets_are_operators_under_other_names(String target, String operator) {
        assertThat(Targets.operator(target)).isEqualTo(operator);
    }

    @Test
    void a_size_that_is_built_into_the_program_cannot_be_changed() {
        ImportOptions options = new ImportOptions(
                List.of(
                        new InputSpec("image", DataType.FLOAT, Shape.of(2, 3, 8, 8)),
                        new InputSpec("mask", DataType.BOOL, Shape.of(2))),
                Missing.REFUSE,
                Unused.REFUSE);

        assertThatThrownBy(() -> ExportedImporter.lower(file("static"), options))
                .hasMessageContaining("input \"mask\": is not there; there are [image]")
                .hasMessageContaining(
                        "input \"image\": was exported as float32[2, 3, 6, 6], which cannot become float32[2, 3, 8, 8]");
    }

    private static TensorMeta meta(ExportedProgram program, String name) {
        return Objects.requireNonNull(
                program.graphModule().graph().tensorValues().get(name));
    }

    private static GraphModule module(String name) {
        return program(name).graphModule();
    }

    private static ExportedProgram program(String name) {
        return ExportedProgram.read(file(name));
    }

    private static TorchFile file(String name) {
        Path folder = Path.of("../../formats/src/test/resources/dev/entrepot/formats/torch/exported");
        try {
            return TorchFile.read(ByteSource.of(name + ".pt2", Files.readAllBytes(folder.resolve(name + ".pt2"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
