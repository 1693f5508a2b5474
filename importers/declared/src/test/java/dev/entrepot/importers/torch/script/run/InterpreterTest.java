package dev.entrepot.importers.torch.script.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.CodeFile;
import dev.entrepot.formats.torch.script.CompilationUnit;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.operators.AtenTable;
import dev.entrepot.importers.torch.script.values.ScriptValue.FunctionValue;
import dev.entrepot.onnx.graph.Node;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Code as torch.jit.save writes it, and what becomes of it. */
class InterpreterTest {

    private static final long NEWEST = 10;

    private final TorchGraph graph = new TorchGraph(AtenTable::find, "main", SourceLocation.file("net.pt"));
    private Interpreter interpreter = interpreter("", NEWEST);

    @Test
    void known_numbers_are_computed_at_once() {
        assertThat(call("return torch.add(torch.mul(3, 4), torch.floordiv(7, 2))"))
                .isEqualTo(IValue.of(15));
        assertThat(call("return torch.div(7, 2)")).isEqualTo(IValue.of(3.5));
        assertThat(call("return torch.remainder(-7, 3)")).isEqualTo(IValue.of(2));
        assertThat(call("return torch.format(\"{} of {}\", 1, [2, 3])")).isEqualTo(IValue.of("1 of [2, 3]"));
    }

    @Test
    void lists_and_dictionaries_change() {
        assertThat(call("""
                        a = annotate(List[int], [])
                        _0 = torch.append(a, 5)
                        _1 = torch.extend(a, [6, 7])
                        d = {"k": a}
                        torch._set_item(d, "n", torch.slice(d["k"], 1))
                        b, c, = d["n"]
                        return [torch.len(a), b, (a)[-1], torch.__contains__(d, "k")]""")).hasToString("[Int[value=3], Int[value=6], Int[value=7], Bool[value=true]]");
    }

    @Test
    void a_tensor_is_as_long_as_its_first_axis() {
        assertThat(call("return torch.len(x)")).hasToString("Int[value=N]");
    }

    @Test
    void a_list_is_as_long_as_it_should_be_where_an_item_could_not_be_computed() {
        assertThat(call("""
                        a = [torch.no_such_thing(x)]
                        _0 = torch.append(a, torch.no_other_thing(a[0]))
                        _1 = torch.append(a, 3)
                        return (torch.len(a), a[2])""")).isEqualTo(IValue.tuple(List.of(IValue.of(3), IValue.of(3))));
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(graph::build)
                .satisfies(e -> assertThat(e.problems()).hasSize(2));
    }

    @Test
    void an_equality_of_sizes_that_is_open_becomes_an_if() {
        output("if torch.eq(torch.size(x, 0), 4):\n  y = torch.relu(x)\nelse:\n  y = torch.neg(x)\nreturn y");

        assertThat(operators()).contains("Equal", "If");
    }

    @Test
    void a_loop_over_a_known_range_is_unrolled() {
        assertThat(call("""
                        n = 0
                        for i in range(4):
                          n = torch.add(n, i)
                        return n""")).isEqualTo(IValue.of(6));
    }

    @Test
    void a_while_whose_condition_is_known_is_unrolled() {
        assertThat(call("""
                        n = 1
                        while torch.lt(n, 100):
                          n = torch.mul(n, 2)
                        return n""")).isEqualTo(IValue.of(128));
    }

    @Test
    void a_condition_on_a_symbolic_size_that_is_always_true_folds() {
        assertThat(call("if torch.gt((torch.size(x))[0], 0):\n  y = 1\nelse:\n  y = 2\nreturn y"))
                .isEqualTo(IValue.of(1));
    }

    @Test
    void a_condition_on_data_becomes_an_if() {
        output("""
                if bool(torch.gt(torch.sum(x), 0)):
                  y = torch.relu(x)
                else:
                  y = torch.neg(x)
                return y""");

        assertThat(operators()).contains("If").doesNotContain("Relu");
    }

    @Test
    void a_branch_that_always_raises_is_left_out_and_told() {
        output("""
                if bool(torch.gt(torch.sum(x), 0)):
                  ops.prim.RaiseException("too much")
                else:
                  pass
                return torch.relu(x)""");

        assertThat(operators()).containsExactly("Relu");
        assertThat(interpreter.dropped()).hasSize(1).first().asString().contains("too much", "f.py:3:5");
    }

    @Test
    void what_both_branches_write_into_a_list_is_merged() {
        IValue result = output("""
                a = [x, x]
                if bool(torch.gt(torch.sum(x), 0)):
                  _0 = torch._set_item(a, 0, torch.relu(x))
                else:
                  _0 = torch._set_item(a, 0, torch.neg(x))
                return torch.add(a[0], a[1])""");

        assertThat(((TensorRef) result).shape()).hasToString("[N, 4]");
        assertThat(operators()).contains("If", "Add");
    }

    @Test
    void a_tensor_written_in_one_branch_is_an_output_of_the_if() {
        output("""
                y = torch.relu(x)
                if bool(torch.gt(torch.sum(x), 0)):
                  _0 = torch.neg_(y)
                else:
                  pass
                return y""");

        assertThat(operators()).contains("Relu", "If");
    }

    @Test
    void a_value_that_may_be_none_is_asked_for_when_the_model_runs() {
        output("""
                if bool(torch.gt(torch.sum(x), 0)):
                  y = torch.relu(x)
                else:
                  y = None
                if torch.__is__(y, None):
                  z = x
                else:
                  z = unchecked_cast(Tensor, y)
                return z""");

        assertThat(operators().stream().filter("If"::equals)).hasSize(2);
    }

    @Test
    void a_loop_that_runs_as_often_as_data_say_becomes_a_loop() {
        output("""
                y = x
                for i in range(int(torch.sum(torch.to(x, 4)))):
                  y = torch.relu(torch.add(y, i))
                return y""");

        assertThat(operators()).contains("Loop");
    }

    @Test
    void a_list_that_grows_in_such_a_loop_is_a_sequence() {
        output("""
                a = annotate(List[Tensor], [])
                for i in range(int(torch.sum(torch.to(x, 4)))):
                  _0 = torch.append(a, torch.relu(x))
                return torch.cat(a, 0)""");

        assertThat(operators()).contains("Loop", "ConcatFromSequence");
    }

    @Test
    void a_model_that_refuses_its_input_says_so_itself() {
        assertThatExceptionOfType(RaisedException.class)
                .isThrownBy(() -> call("ops.prim.RaiseException(\"no\", \"builtins.ValueError\")\nreturn 1"))
                .withMessage("no");
    }

    @Test
    void a_number_that_a_loop_counts_to_has_a_limit() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> call("n = 0\nfor i in range(1000000000):\n  n = i\nreturn n"))
                .withMessageContaining("the limit is 20000");
    }

    @Test
    void functions_of_other_files_have_defaults_and_are_found_by_name() {
        interpreter = interpreter("def twice(n: int, by: int=2) -> int:\n  return torch.mul(n, by)\n", NEWEST);

        assertThat(call("return __torch__.other.twice(21, )")).isEqualTo(IValue.of(42));
    }

    @Test
    void objects_have_fields_and_methods() {
        interpreter = interpreter("""
                class Box:
                  n : int
                  def __init__(self: __torch__.other.Box,
                    n: int) -> NoneType:
                    self.n = n
                    return None
                  def more(self: __torch__.other.Box) -> int:
                    self.n = torch.add(self.n, 1)
                    return self.n
                class Pair(NamedTuple):
                  left : int
                  right : int
                """, NEWEST);

        assertThat(call("""
                        b = __torch__.other.Box.__new__(__torch__.other.Box)
                        _0 = (b).__init__(4, )
                        p = __torch__.other.Pair((b).more(), b.n)
                        return torch.add(p.left, p.right)""")).isEqualTo(IValue.of(10));
    }

    @Test
    void a_forked_function_is_called_at_once() {
        assertThat(
                        call(
                                "n = 3\ndef __forked_function():\n  return torch.mul(n, 2)\nf = fork(__forked_function)\nreturn torch.wait(f)"))
                .isEqualTo(IValue.of(6));
    }

    @Test
    void division_of_integers_truncated_before_version_4() {
        interpreter = interpreter("", 3);
        output("return torch.div(torch.to(x, 4), 2)");

        assertThat(graph.toValue(call("return torch.div(torch.to(x, 4), 2)")).dataType())
                .isEqualTo(DataType.INT64);
    }

    private IValue output(String body) {
        IValue result = call(body);
        graph.output("y", result);
        return result;
    }

    private List<String> operators() {
        return graph.build().nodes().stream().map(Node::op).toList();
    }

    private IValue call(String body) {
        CompilationUnit code = unit(Map.of("code/__torch__/f.py", "def f(x: Tensor) -> Tensor:\n" + body.indent(2)));
        TensorRef x = input == null ? newInput() : input;
        return interpreter.call(
                new FunctionValue(code.functionNamed("__torch__.f.f").orElseThrow(), Optional.empty()),
                List.of(x),
                Map.of(),
                SourceLocation.file("net.pt"));
    }

    private @org.jspecify.annotations.Nullable TensorRef input;

    private TensorRef newInput() {
        TensorRef made = graph.input("x", DataType.FLOAT, Shape.of(List.of(Dim.of("N"), Dim.of(4))));
        input = made;
        return made;
    }

    private Interpreter interpreter(String other, long version) {
        return new Interpreter(graph, unit(Map.of("code/__torch__/other.py", other)), Map.of(), version);
    }

    private static CompilationUnit unit(Map<String, String> files) {
        return CompilationUnit.of(files.entrySet().stream()
                .map(file -> new CodeFile(
                        file.getKey(),
                        ByteSource.of(file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8))))
                .toList());
    }
}
