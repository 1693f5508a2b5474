package dev.entrepot.formats.torch.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.formats.torch.script.Expression.Binary;
import dev.entrepot.formats.torch.script.Expression.Call;
import dev.entrepot.formats.torch.script.Expression.FloatLiteral;
import dev.entrepot.formats.torch.script.Expression.IntLiteral;
import dev.entrepot.formats.torch.script.Expression.Name;
import dev.entrepot.formats.torch.script.Expression.Subscript;
import dev.entrepot.formats.torch.script.Expression.TextLiteral;
import dev.entrepot.formats.torch.script.Expression.TupleLiteral;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of code that torch/csrc/jit/serialization/python_print.cpp writes. */
class SourceUnitTest {

    @Test
    void a_module_declares_attributes_constants_parameters_and_methods() {
        ClassDefinition type = Objects.requireNonNull(
                SourceUnit.parse("code/nets.py", """
                        class Net(Module):
                          __parameters__ = ["weight", ]
                          __buffers__ = ["mean", ]
                          __annotations__ = []
                          __annotations__["0"] = __torch__.torch.nn.modules.conv.Conv2d
                          weight : Tensor
                          mean : Tensor
                          training : bool
                          p : Final[float] = 0.10000000000000001
                          def forward(self: __torch__.nets.Net,
                            x: Tensor,
                            n: int=3) -> Tuple[Tensor, int]:
                            _0 = getattr(self, "0")
                            return ((_0).forward(x, ), n)
                        """).classes().get("Net"));

        assertThat(type.is("Module")).isTrue();
        assertThat(type.parameters()).containsExactly("weight");
        assertThat(type.buffers()).containsExactly("mean");
        assertThat(type.attributes().keySet()).containsExactly("0", "weight", "mean", "training");
        assertThat(type.constants().get("p"))
                .isInstanceOfSatisfying(
                        FloatLiteral.class, p -> assertThat(p.value()).isEqualTo(0.1));
        FunctionDefinition forward = Objects.requireNonNull(type.methods().get("forward"));
        assertThat(forward.parameters())
                .extracting(FunctionDefinition.Parameter::name)
                .containsExactly("self", "x", "n");
        assertThat(forward.parameters().get(2).absent().orElseThrow()).isInstanceOf(IntLiteral.class);
        assertThat(forward.body()).hasSize(2);
    }

    @Test
    void a_comma_behind_the_only_target_takes_a_value_apart() {
        Statement.Assign assign = (Statement.Assign) body("a, = x").get(0);

        assertThat(((TupleLiteral) assign.target()).items()).hasSize(1);
    }

    @Test
    void several_targets_take_several_values() {
        Statement.Assign assign = (Statement.Assign) body("h, c = h0, c0").get(0);

        assertThat(((TupleLiteral) assign.target()).items()).hasSize(2);
        assertThat(((TupleLiteral) assign.value()).items()).hasSize(2);
    }

    @Test
    void a_call_may_end_in_a_comma_and_have_arguments_by_name() {
        Call call = (Call) expression("torch.add(x, y, alpha=2, )");

        assertThat(call.positional()).hasSize(2);
        assertThat(call.keywords()).extracting(Expression.Keyword::name).containsExactly("alpha");
    }

    @Test
    void blocks_nest_and_end_together() {
        List<Statement> body = body("""
                if a:
                    while b:
                      for i in range(3):
                        pass
                elif c:
                    with d as e:
                      pass
                else:
                    pass
                return x""");

        assertThat(body).hasSize(2);
        Statement.If condition = (Statement.If) body.get(0);
        assertThat(condition.then().get(0)).isInstanceOf(Statement.While.class);
        assertThat(condition.otherwise().get(0)).isInstanceOf(Statement.If.class);
    }

    @Test
    void a_forked_function_stands_within_another() {
        assertThat(body("def __forked_function():\n  return x\ny = fork(__forked_function)")
                        .get(0))
                .isInstanceOf(Statement.Inner.class);
    }

    @Test
    void a_minus_before_a_number_is_part_of_it() {
        assertThat(expression("-9223372036854775808"))
                .isInstanceOfSatisfying(
                        IntLiteral.class, number -> assertThat(number.value()).isEqualTo(Long.MIN_VALUE));
        assertThat(expression("-0."))
                .isInstanceOfSatisfying(
                        FloatLiteral.class,
                        number -> assertThat(Double.doubleToRawLongBits(number.value()))
                                .isEqualTo(Double.doubleToRawLongBits(-0.0)));
    }

    @ParameterizedTest
    @CsvSource({"2.,2", "1e-05,1.0e-5", ".5,0.5", "1.0000000000000001e-05,1.0e-5", "1.5E3,1500"})
    void floats_are_written_in_many_ways(String text, double value) {
        assertThat(expression(text))
                .isInstanceOfSatisfying(
                        FloatLiteral.class, number -> assertThat(number.value()).isEqualTo(value));
    }

    @Test
    void a_product_binds_tighter_than_a_sum_and_a_comparison_looser() {
        Binary comparison = (Binary) expression("a + b * c <= d");

        assertThat(comparison.operator()).isEqualTo("<=");
        assertThat(((Binary) comparison.left()).operator()).isEqualTo("+");
    }

    @Test
    void is_not_and_not_in_are_one_operator_each() {
        assertThat(((Binary) expression("a is not None")).operator()).isEqualTo("is not");
        assertThat(((Binary) expression("a not in b")).operator()).isEqualTo("not in");
    }

    @Test
    void escapes_in_texts_are_bytes_of_utf_8() {
        assertThat(expression("\"a\\n\\\"\\303\\251\\x41\""))
                .isInstanceOfSatisfying(
                        TextLiteral.class, text -> assertThat(text.value()).isEqualTo("a\n\"éA"));
        assertThat(expression("'a' \"b\""))
                .isInstanceOfSatisfying(
                        TextLiteral.class, text -> assertThat(text.value()).isEqualTo("ab"));
    }

    @Test
    void a_slice_has_up_to_three_bounds() {
        Subscript subscript = (Subscript) expression("x[1::2]");

        Expression.Slice slice = (Expression.Slice) subscript.indices().get(0);
        assertThat(slice.lower()).isPresent();
        assertThat(slice.upper()).isEmpty();
        assertThat(slice.step()).isPresent();
    }

    @Test
    void old_files_begin_with_their_version_and_imports() {
        SourceUnit unit = SourceUnit.parse("code/old.py", """
                op_version_set = 1
                import __torch__.torch.nn.modules.conv
                # type: ignored
                def f(x: Tensor) -> Tensor:
                  return x
                """);

        assertThat(unit.operatorVersion()).hasValue(1);
        assertThat(unit.functions()).containsOnlyKeys("f");
    }

    @Test
    void places_are_lines_and_columns() {
        Statement.Assign assign =
                (Statement.Assign) body("y = x\nz = torch.relu(y)").get(1);

        assertThat(assign.value().where()).hasToString("code/f.py:3:7");
        assertThat(((Call) assign.value()).positional().get(0))
                .isInstanceOfSatisfying(
                        Name.class, name -> assertThat(name.where()).hasToString("code/f.py:3:18"));
    }

    @Test
    void a_fault_is_told_with_its_place() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> body("y = )"))
                .withMessage("code/f.py:2:7: code: has \")\" where a name is expected");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> body("y = \"open"))
                .withMessage("code/f.py:2:7: string: has no closing quote");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> body("return 1\n x"))
                .withMessageContaining("code/f.py:3:4");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> expression("99999999999999999999"))
                .withMessageContaining("does not fit 64 bits");
    }

    @Test
    void nesting_has_a_limit() {
        for (String hostile : List.of(
                "(".repeat(100_000),
                "-".repeat(100_000),
                "not ".repeat(100_000),
                "x" + ".a".repeat(100_000),
                "x" + "+1".repeat(100_000),
                "x" + "**1".repeat(100_000),
                "x" + " if x else x".repeat(100_000))) {
            assertThatExceptionOfType(ModelException.class)
                    .isThrownBy(() -> expression(hostile))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Problem.Kind.LIMIT_EXCEEDED));
        }
        StringBuilder blocks = new StringBuilder("pass\n");
        for (int depth = 1; depth < 1000; depth++) {
            blocks.append(" ".repeat(depth - 1)).append("if x:\n");
        }
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> body(blocks.toString()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Problem.Kind.LIMIT_EXCEEDED));
    }

    private static List<Statement> body(String lines) {
        SourceUnit unit = SourceUnit.parse("code/f.py", "def f(x):\n" + lines.indent(2));
        return Objects.requireNonNull(unit.functions().get("f")).body();
    }

    private static Expression expression(String text) {
        return ((Statement.Effect) body(text).get(0)).expression();
    }
}
