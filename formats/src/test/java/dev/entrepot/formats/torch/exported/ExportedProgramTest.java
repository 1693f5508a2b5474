package dev.entrepot.formats.torch.exported;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.formats.torch.TorchFile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs of genuine PyTorch: tools/torch-programs.py. */
class ExportedProgramTest {

    static List<String> names() {
        return Programs.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_tensor_of_the_signature_is_in_the_file(String name) {
        TorchFile file = Programs.file(name);
        for (InputSpec spec :
                ExportedProgram.read(file).graphModule().signature().inputSpecs()) {
            if (spec instanceof InputSpec.Parameter parameter) {
                assertThat(file.tensors()).containsKey(parameter.parameterName());
            } else if (spec instanceof InputSpec.Buffer buffer) {
                assertThat(buffer.persistent() ? file.tensors() : file.constants())
                        .containsKey(buffer.bufferName());
            } else if (spec instanceof InputSpec.TensorConstant constant) {
                assertThat(file.constants()).containsKey(constant.tensorConstantName());
            }
        }
    }

    @Test
    void a_program_says_what_wrote_it() {
        ExportedProgram program = Programs.read("conv_bn.pt2");

        assertThat(program.schemaVersion()).hasToString("8.20");
        assertThat(program.torchVersion()).startsWith("2.13");
        assertThat(program.opsetVersion()).containsEntry("aten", 10L);
        assertThat(program.verifiers()).containsExactly("TRAINING");
    }

    @Test
    void nodes_have_targets_arguments_and_outputs() {
        Graph graph = Programs.read("conv_bn.pt2").graphModule().graph();

        assertThat(graph.nodes())
                .extracting(Node::target)
                .containsExactly(
                        "torch.ops.aten.conv2d.default",
                        "torch.ops.aten.batch_norm.default",
                        "torch.ops.aten.relu_.default",
                        "torch.ops.aten.max_pool2d.default",
                        "torch.ops.aten.mean.dim",
                        "torch.ops.aten.linear.default");
        Node convolution = graph.nodes().get(0);
        assertThat(convolution.inputs())
                .contains(
                        new NamedArgument("input", new Argument.AsTensor("image"), NamedArgument.Kind.POSITIONAL),
                        new NamedArgument("bias", new Argument.AsNone(), NamedArgument.Kind.POSITIONAL),
                        new NamedArgument(
                                "padding", new Argument.AsInts(List.of(1L, 1L)), NamedArgument.Kind.POSITIONAL));
        assertThat(convolution.outputs()).containsExactly(new Argument.AsTensor("conv2d"));
        assertThat(graph.outputs()).containsExactly(new Argument.AsTensor("linear"));
    }

    @Test
    void nodes_know_their_modules() {
        Graph graph = Programs.read("conv_bn.pt2").graphModule().graph();

        assertThat(graph.nodes().get(0).moduleStack())
                .containsExactly(
                        new ModuleFrame("", "__main__.Net"),
                        new ModuleFrame("features", "torch.nn.modules.container.Sequential"),
                        new ModuleFrame("features.0", "torch.nn.modules.conv.Conv2d"));
    }

    @Test
    void modules_have_the_same_names_however_they_were_recorded() {
        assertThat(ModuleFrame.stack("L__self__,L['self'],a.Net;"
                        + "L__self___features_0,getattr(L['self'].features, '0'),torch.nn.modules.conv.Conv2d;"
                        + "x,L['self'].blocks[2].norm@1,torch.nn.modules.normalization.LayerNorm"))
                .extracting(ModuleFrame::path)
                .containsExactly("", "features.0", "blocks.2.norm");
    }

    @Test
    void symbols_keep_their_ranges() {
        ExportedProgram program = Programs.read("two_dims.pt2");

        TensorMeta query = meta(program.graphModule().graph(), "query");
        String length = SymbolicText.of((SymValue.Expr) query.sizes().get(1));
        assertThat(program.rangeConstraints().get(length))
                .isEqualTo(new RangeConstraint(Optional.of(3L), Optional.of(64L)));
    }

    @Test
    void derived_sizes_are_expressions() {
        Graph graph = Programs.read("derived_dims.pt2").graphModule().graph();

        assertThat(meta(graph, "x").toString()).matches("float32\\[s\\d+ \\+ 1]");
        assertThat(meta(graph, "y").toString()).matches("float32\\[2\\*s\\d+]");
    }

    @Test
    void branches_are_graphs_of_their_own() {
        List<NamedArgument> arguments = Programs.read("cond.pt2").graphModule().graph().nodes().stream()
                .filter(node -> node.target().equals("torch.ops.higher_order.cond"))
                .findFirst()
                .orElseThrow()
                .inputs();

        Graph branch = ((Argument.AsGraph) arguments.get(1).arg()).graph();
        assertThat(branch.nodes())
                .extracting(Node::target)
                .containsExactly("torch.ops.aten.linear.default", "torch.ops.aten.add.Tensor");
        assertThat(branch.inputs()).hasSize(4);
    }

    @Test
    void mutated_buffers_are_told() {
        assertThat(Programs.read("buffer_mutation_decomposed.pt2")
                        .graphModule()
                        .signature()
                        .outputSpecs())
                .containsExactly(
                        new OutputSpec.BufferMutation("add", "total"),
                        new OutputSpec.BufferMutation("add_1", "calls"),
                        new OutputSpec.UserOutput(new Argument.AsTensor("add_2")));
    }

    @Test
    void calls_keep_the_names_of_arguments_and_containers() {
        ModuleCallEntry.Signature call =
                Programs.read("nested_inputs.pt2").graphModule().callSignature().orElseThrow();

        assertThat(call.forwardArgNames()).containsExactly("pair", "table", "scale");
        assertThat(call.inSpec().leafPaths())
                .containsExactly(
                        List.of("0", "0", "0"),
                        List.of("0", "0", "1"),
                        List.of("0", "1", "a"),
                        List.of("0", "1", "b"),
                        List.of("1", "scale"));
    }

    @Test
    void the_old_layout_holds_the_same_program() {
        GraphModule old = Programs.read("old_layout.pt2").graphModule();
        GraphModule current = Programs.read("conv_bn.pt2").graphModule();

        assertThat(Programs.read("old_layout.pt2").schemaVersion()).hasToString("8.2");
        assertThat(old.signature()).isEqualTo(current.signature());
        assertThat(old.graph().nodes())
                .extracting(Node::target)
                .isEqualTo(current.graph().nodes().stream().map(Node::target).toList());
        assertThat(meta(old.graph(), "image").toString()).matches("float32\\[s\\d+, 3, 6, 6]");
        assertThat(old.graph().nodes().get(0).inputs().get(0).kind()).isEqualTo(NamedArgument.Kind.UNKNOWN);
    }

    private static TensorMeta meta(Graph graph, String name) {
        return Objects.requireNonNull(graph.tensorValues().get(name), name);
    }
}
