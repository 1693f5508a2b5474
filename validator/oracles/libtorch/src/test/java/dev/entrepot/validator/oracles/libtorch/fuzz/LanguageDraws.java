package dev.entrepot.validator.oracles.libtorch.fuzz;

import static java.util.Map.entry;

import java.util.Map;

/** What TorchScript itself does: numbers of sizes, branches and loops, lists and dictionaries, numbers out of tensors. */
final class LanguageDraws {

    static final Map<String, Draw> TABLE = Map.ofEntries(
            entry("prim If of data", LanguageDraws::ifOfData),
            entry("prim If of sizes", LanguageDraws::ifOfSizes),
            entry("prim Loop", LanguageDraws::loop),
            entry("prim Loop while data", LanguageDraws::whileData),
            entry("Int", s -> {
                String x = s.input(3, 4);
                return x + ".view(" + x + ".size(0), int(" + x + ".size(1) / 2), 2)";
            }),
            entry("ScalarImplicit", s -> "%s * %s.size(1) + %s.dim()".formatted(s.input(2, 3), "x0", "x0")),
            entry("item", s -> {
                String x = s.notHalf().input(2, 3);
                return x + " * float(" + x + ".sum().item())";
            }),
            entry("_set_item", LanguageDraws::lists),
            entry("dict", LanguageDraws::dictionaries),
            entry("__contains__", LanguageDraws::contains),
            entry("format", LanguageDraws::texts),
            entry("extend", LanguageDraws::moreLists),
            entry("update", LanguageDraws::moreDictionaries),
            entry("__is__", LanguageDraws::nones),
            entry("new_empty", s -> s.input(2, 3) + ".new_empty([2, 2]).fill_(1.5)"),
            entry("prim If nested", LanguageDraws::nested),
            entry("prim break", LanguageDraws::leaving),
            entry("prim max", s -> s.input(2, 3) + " * (x0.size(0) ** 2 + abs(-3) + max(1, x0.size(1)))"),
            entry("floordiv", s -> {
                String x = s.input(5, 4);
                return x + "[:" + x + ".size(0) // 2]";
            }),
            entry("prim tolist", s -> "[1, 2, " + s.input(2, 3) + ".size(0)]"));

    private LanguageDraws() {}

    private static String ifOfData(Sketch s) {
        String x = s.notHalf().input(2, 3);
        s.line("if bool(" + x + ".sum() > 0):")
                .line("  y = " + x + " * 2")
                .line("else:")
                .line("  y = " + x + " - " + s.weight(3));
        return s.dice().oneOf("y", "y, y.relu()");
    }

    private static String ifOfSizes(Sketch s) {
        String x = s.input(s.dice().between(1, 4), 3);
        s.line("if " + x + ".size(0) > 2:")
                .line("  y = " + x + " * 2")
                .line("else:")
                .line("  y = " + x + " - 1");
        return "y";
    }

    private static String loop(Sketch s) {
        String x = s.input(3, 4);
        s.line("y = " + x);
        s.line("for i in range(" + s.dice().oneOf("3", x + ".size(0)", "1, 6, 2") + "):");
        s.line("  y = y + i");
        s.line("  if i > 1:");
        s.line("    y = y.relu()");
        return "y";
    }

    private static String whileData(Sketch s) {
        String x = s.notHalf().input(Values.POSITIVE, 3);
        s.line("y = " + x).line("while bool(y.sum() < 50):").line("  y = y * 2");
        return "y";
    }

    private static String lists(Sketch s) {
        String x = s.input(2, 3);
        s.line("items = [" + x + ", " + x + " + 1]")
                .line("items[0] = items[1] * 2")
                .line("items.append(" + x + ".t())")
                .line("last = items.pop()")
                .line("items.insert(0, last.t())");
        return s.dice().oneOf("torch.cat(items, 0)", "items", "items[-1] + len(items)");
    }

    private static String dictionaries(Sketch s) {
        String x = s.input(2, 3);
        s.line("found = {\"a\": " + x + ", \"b\": " + x + " * 2}").line("found[\"c\"] = found[\"a\"] + 1");
        return s.dice().oneOf("found", "found[\"c\"] - found[\"b\"]", "torch.stack(list(found.values()))");
    }

    private static String contains(Sketch s) {
        String x = s.input(2, 3);
        s.line("found = {\"a\": " + x + "}")
                .line("if \"" + s.dice().oneOf("a", "b") + "\" in found:")
                .line("  y = found[\"a\"] * 2")
                .line("else:")
                .line("  y = " + x);
        return "y + (1 if " + x + ".size(0) in [2, 4] else 0)";
    }

    private static String texts(Sketch s) {
        String x = s.input(2, 3);
        s.line("mode = \"" + s.dice().oneOf("{}_a", "{}_b") + "\".format(\"pool\")")
                .line("y = " + x);
        s.line("if mode == \"pool_a\":").line("  y = " + x + " * 2");
        s.line("if mode.find(\"_b\") > 0:").line("  y = " + x + " - 1");
        return "y * len(mode)";
    }

    private static String moreLists(Sketch s) {
        String x = s.input(2, 3);
        s.line("items = [" + x + "]")
                .line("items.extend([" + x + " * 2, " + x + " - 1])")
                .line("items.reverse()");
        return s.dice().oneOf("torch.stack(items[1:])", "items[::2]", "torch.cat([i + 1 for i in items], 1)");
    }

    private static String moreDictionaries(Sketch s) {
        String x = s.input(2, 3);
        s.line("found = {\"a\": " + x + "}").line("found.update({\"b\": " + x + " * 2, \"a\": " + x + " + 1})");
        s.line("total = torch.zeros_like(" + x + ")");
        s.line("for key, value in found.items():").line("  if key != \"b\":").line("    total = total + value");
        return s.dice().oneOf("total", "found", "total, len(found)");
    }

    private static String nones(Sketch s) {
        String x = s.input(2, 3);
        s.line("bias: Optional[Tensor] = None")
                .line("if " + x + ".dim() > " + s.dice().between(1, 2) + ":")
                .line("  bias = " + x);
        s.line("if bias is not None:")
                .line("  y = " + x + " + bias")
                .line("else:")
                .line("  y = " + x + " * 3");
        return "y";
    }

    private static String nested(Sketch s) {
        String x = s.notHalf().input(2, 3);
        s.line("y = " + x + ".clone()");
        s.line("if bool(" + x + ".mean() > 0):")
                .line("  if bool(" + x + ".max() > 1):")
                .line("    y[0] = 5.0");
        s.line("  else:")
                .line("    y = y * 2")
                .line("  k = 1")
                .line("else:")
                .line("  y.neg_()")
                .line("  k = 2");
        return "y + k";
    }

    private static String leaving(Sketch s) {
        String x = s.notHalf().input(4, 3);
        s.line("y = " + x);
        s.line("for i in range(" + x + ".size(0)):");
        s.line("  if i == 2:")
                .line("    " + s.dice().oneOf("break", "continue"))
                .line("  y = y + " + x + "[i]");
        return "y";
    }
}
