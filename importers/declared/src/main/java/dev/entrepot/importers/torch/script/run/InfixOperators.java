package dev.entrepot.importers.torch.script.run;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.torch.aten.IValue;
import java.util.List;
import java.util.Map;

/** Operators that are written between their operands, which is rare: what {@code torch.jit.save} writes calls functions. */
final class InfixOperators {

    private static final Map<String, String> OPERATORS = Map.ofEntries(
            Map.entry("+", "aten::add"),
            Map.entry("-", "aten::sub"),
            Map.entry("*", "aten::mul"),
            Map.entry("/", "aten::div"),
            Map.entry("//", "aten::floordiv"),
            Map.entry("%", "aten::remainder"),
            Map.entry("**", "aten::pow"),
            Map.entry("@", "aten::matmul"),
            Map.entry("&", "aten::__and__"),
            Map.entry("|", "aten::__or__"),
            Map.entry("^", "aten::__xor__"),
            Map.entry("<<", "aten::__lshift__"),
            Map.entry(">>", "aten::__rshift__"),
            Map.entry("==", "aten::eq"),
            Map.entry("!=", "aten::ne"),
            Map.entry("<", "aten::lt"),
            Map.entry(">", "aten::gt"),
            Map.entry("<=", "aten::le"),
            Map.entry(">=", "aten::ge"),
            Map.entry("is", "aten::__is__"),
            Map.entry("is not", "aten::__isnot__"),
            Map.entry("and", "aten::__and__"),
            Map.entry("or", "aten::__or__"));

    private InfixOperators() {}

    /** The value of two operands and the operator between them. */
    static IValue apply(Interpreter interpreter, String operator, IValue left, IValue right, SourceLocation where) {
        if (operator.endsWith("in")) {
            IValue found = interpreter.operator("aten::__contains__", List.of(right, left), Map.of(), where);
            return operator.equals("in")
                    ? found
                    : interpreter.operator("aten::__not__", List.of(found), Map.of(), where);
        }
        return interpreter.operator(OPERATORS.getOrDefault(operator, operator), List.of(left, right), Map.of(), where);
    }
}
