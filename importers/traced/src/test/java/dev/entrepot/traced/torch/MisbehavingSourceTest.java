package dev.entrepot.traced.torch;

import static dev.entrepot.traced.torch.Traced.FIRST_LINE;
import static dev.entrepot.traced.torch.Traced.forward;
import static dev.entrepot.traced.torch.Traced.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.entrepot.bytes.Problem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source that does what it should not is refused with file and line, and the process goes on. */
class MisbehavingSourceTest {

    @Test
    void an_endless_loop_is_ended_and_its_line_told() {
        Problem problem = forward("while True:", "    x = x")
                .within(Duration.ofSeconds(20))
                .problems()
                .get(0);

        assertThat(problem.kind()).isEqualTo(Problem.Kind.LIMIT_EXCEEDED);
        assertThat(problem.where().file()).isEqualTo("nets.py");
        assertThat(problem.where().line()).isBetween(FIRST_LINE, FIRST_LINE + 1);
        assertThat(problem.why()).contains("20.0 s");
    }

    @Test
    void an_interrupt_of_the_thread_ends_the_source() {
        Thread.currentThread().interrupt();
        try {
            assertThat(forward("while True:", "    pass").problems().get(0).kind())
                    .isEqualTo(Problem.Kind.LIMIT_EXCEEDED);
        } finally {
            Thread.interrupted();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open('/etc/passwd').read()|open: source may not use files",
                "__import__('os').environ['HOME']|os.environ: source may not see the environment",
                "__import__('os').getenv('HOME')|os.environ: source may not see the environment",
                "__import__('os').system('ls')|os.system: source may not use files or processes",
                "__import__('socket').socket()|socket.socket: is not known here",
                "__import__('subprocess').run(['ls'])|subprocess.run: is not known here",
                "__import__('threading').Thread(target=print).start()|threading.Thread: is not known here",
                "__import__('ctypes').CDLL(None)|ctypes.CDLL: is not known here",
                "raise SystemExit(3)|source: ends the program (SystemExit(3))",
                "bytearray(10 * 2 ** 30)|source: asks for more memory than there is",
                "[0] * 10 ** 12|source: asks for more memory than there is",
                "raise ValueError('so it is')|ValueError: so it is",
                "self.nothing|AttributeError: 'Net' object has no attribute 'nothing'",
            })
    void a_statement_is_refused_at_its_line(String statement, String message) {
        assertThat(forward(statement, "return x").refusal())
                .containsExactly("nets.py:" + FIRST_LINE + ":1: " + message);
    }

    @Test
    void a_branch_on_a_tensors_value_is_named_with_its_line() {
        assertThat(forward("if x.sum() > 0:", "    x = x + 1", "return x").refusal())
                .singleElement()
                .asString()
                .startsWith("nets.py:" + FIRST_LINE + ":1: branch: depends on the value of a tensor");
    }

    @Test
    void all_unknown_modules_and_names_are_told_at_once() {
        assertThat(source("""
                                import nowhere.at_all
                                from gone import thing
                                import torch
                                from torch import nn

                                class Net(nn.Module):
                                    def __init__(self):
                                        super().__init__()
                                        self.layer = nn.Imagined(3)

                                    def forward(self, x):
                                        return torch.imagined(x) + thing(x).nice()
                                """).input("x", "N", 4).refusal())
                .containsExactly(
                        "nets.py:1:1: module nowhere.at_all: is not known here",
                        "nets.py:2:1: module gone: is not known here",
                        "nets.py:9:1: torch.nn.Imagined: is not known here",
                        "nets.py:12:1: torch.imagined: is not known here",
                        "nets.py:12:1: gone.thing: is not known here");
    }

    @Test
    void an_import_that_the_source_can_do_without_is_no_error() {
        assertThat(source("""
                                import torch
                                import matplotlib.pyplot as plt
                                try:
                                    import apex
                                    from xformers.ops import attention
                                except ImportError:
                                    apex = None

                                class Net(torch.nn.Module):
                                    def forward(self, x):
                                        return x + 1 if apex is None else x
                                """).input("x", "N", 4).lowered().model().graph().nodes())
                .hasSize(1);
    }

    @Test
    void a_syntax_error_tells_its_line() {
        assertThat(source("import torch\nclass Net(:\n    pass\n").input("x", 1).refusal())
                .singleElement()
                .asString()
                .startsWith("nets.py:2:1: SyntaxError");
    }

    @Test
    void endless_recursion_is_refused() {
        assertThat(forward("def f(n):", "    return f(n + 1)", "return f(0)").refusal())
                .singleElement()
                .asString()
                .contains("nets.py");
    }
}
