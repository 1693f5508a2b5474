package dev.entrepot.formats.torch.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.formats.caffe.SharedFiles;
import dev.entrepot.formats.torch.CodeFile;
import dev.entrepot.formats.torch.TorchFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilationUnitTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "samples/digits/pytorch/digits.torchscript.pt",
                "samples/digits/pytorch/digits.traced.pt",
                "samples/digits/pytorch/digits.frozen.pt",
                "samples/digits/pytorch/digits.ptl",
                "models/pytorch/silero_vad/silero_vad.jit"
            })
    void every_code_file_of_a_published_archive_parses(String path) throws IOException {
        ByteSource source = ByteSource.of(path, Files.readAllBytes(SharedFiles.require(path)));

        CompilationUnit code = CompilationUnit.of(TorchFile.read(source).code());

        assertThat(code.modules()).isNotEmpty();
        assertThat(code.modules()).allSatisfy(module -> {
            SourceUnit unit = code.unit(module).orElseThrow();
            assertThat(unit.classes().size() + unit.functions().size()).isPositive();
        });
    }

    @Test
    void classes_and_functions_are_found_by_qualified_name() {
        CompilationUnit code = CompilationUnit.of(List.of(
                file("code/__torch__/nets.py", "class Net(Module):\n  training : bool\n"),
                file("code/__torch__/torch/nn/functional.py", "def relu(x: Tensor) -> Tensor:\n  return x\n")));

        assertThat(code.classNamed("__torch__.nets.Net")).isPresent();
        assertThat(code.functionNamed("__torch__.torch.nn.functional.relu")).isPresent();
        assertThat(code.classNamed("__torch__.nets.Other")).isEmpty();
        assertThat(code.functionNamed("relu")).isEmpty();
    }

    @Test
    void a_file_that_nothing_asks_for_is_not_parsed() {
        CompilationUnit code = CompilationUnit.of(
                List.of(file("code/a.py", "def f():\n  return 1\n"), file("code/broken.py", "((((")));

        assertThat(code.functionNamed("a.f")).isPresent();
    }

    private static CodeFile file(String path, String text) {
        return new CodeFile(path, ByteSource.of(path, text.getBytes(StandardCharsets.UTF_8)));
    }
}
