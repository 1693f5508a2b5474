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
}
