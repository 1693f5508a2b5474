package dev.entrepot.importers.torch.exported;

import java.util.Map;

/** What a node's target is called elsewhere in PyTorch. Source: torch/_export/serde/serialize.py, _SYM_OPS and serialize_operator. */
final class Targets {

    private static final String OPERATORS = "torch.ops.";

    /** Python's operators on sizes, flags and numbers, and the overload-free names that TorchScript has for them. */
    private static final Map<String, String> PYTHON = Map.ofEntries(
            Map.entry("_operator.add", "aten::add"),
            Map.entry("_operator.sub", "aten::sub"),
            Map.entry("_operator.mul", "aten::mul"),
            Map.entry("_operator.floordiv", "aten::floordiv"),
            Map.entry("_operator.truediv", "aten::div"),
            Map.entry("_operator.mod", "aten::remainder"),
            Map.entry("_operator.pow", "aten::pow"),
            Map.entry("_operator.neg", "aten::neg"),
            Map.entry("_operator.abs", "prim::abs"),
            Map.entry("_operator.eq", "aten::eq"),
            Map.entry("_operator.ne", "aten::ne"),
            Map.entry("_operator.lt", "aten::lt"),
            Map.entry("_operator.le", "aten::le"),
            Map.entry("_operator.gt", "aten::gt"),
            Map.entry("_operator.ge", "aten::ge"),
            Map.entry("_operator.and_", "aten::__and__"),
            Map.entry("_operator.or_", "aten::__or__"),
            Map.entry("_operator.xor", "aten::__xor__"),
            Map.entry("_operator.not_", "aten::__not__"),
            Map.entry("_operator.lshift", "aten::__lshift__"),
            Map.entry("_operator.rshift", "aten::__rshift__"),
            Map.entry("math.ceil", "aten::ceil"),
            Map.entry("math.floor", "aten::floor"),
            Map.entry("math.trunc", "aten::Int"),
            Map.entry("math.sqrt", "aten::sqrt"),
            Map.entry("torch.sym_int", "aten::Int"),
            Map.entry("torch.sym_float", "aten::Float"),
            Map.entry("torch.sym_not", "aten::__not__"),
            Map.entry("torch.sym_max", "prim::max"),
            Map.entry("torch.sym_min", "prim::min"),
            Map.entry("torch._sym_sqrt", "aten::sqrt"));

    private Targets() {}

    /** Whether this is an operator over other graphs. */
    static boolean isHigherOrder(String target) {
        return target.startsWith(OPERATORS + "higher_order.");
    }

    /** Whether this is Python's own operator, whose overload follows from its operands. */
    static boolean isPython(String target) {
        return !target.startsWith(OPERATORS);
    }

    /** {@code cond} of {@code torch.ops.higher_order.cond}. */
    static String higherOrder(String target) {
        return target.substring((OPERATORS + "higher_order.").length());
    }

    /** {@code aten::add.Tensor} of {@code torch.ops.aten.add.Tensor}, {@code aten::relu} of {@code torch.ops.aten.relu.default}. */
    static String operator(String target) {
        if (isPython(target)) {
            return PYTHON.getOrDefault(target, target);
        }
        String rest = target.substring(OPERATORS.length());
        String qualified = rest.replaceFirst("\\.", "::");
        return qualified.endsWith(".default")
                ? qualified.substring(0, qualified.length() - ".default".length())
                : qualified;
    }
}
