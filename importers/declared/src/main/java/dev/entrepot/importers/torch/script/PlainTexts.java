package dev.entrepot.importers.torch.script;

import static java.util.Map.entry;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.Text;
import dev.entrepot.importers.torch.script.ScriptValue.EnumValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Operators on texts, which are mostly used for messages. Source: torch/csrc/jit/runtime/register_string_ops.cpp. */
final class PlainTexts {

    private static final Pattern HOLE = Pattern.compile("\\{[^{}]*\\}");

    private PlainTexts() {}

    static Stream<Map.Entry<String, PlainFunction>> table() {
        return Stream.of(
                entry("aten::format", PlainTexts::format),
                entry("aten::percentFormat", PlainTexts::percentFormat),
                entry("aten::str", call -> Optional.of(IValue.of(shown(call.get(0))))),
                entry("aten::upper", changed(text -> text.toUpperCase(Locale.ROOT))),
                entry("aten::lower", changed(text -> text.toLowerCase(Locale.ROOT))),
                entry("aten::strip", changed(String::strip)),
                entry("aten::lstrip", changed(String::stripLeading)),
                entry("aten::rstrip", changed(String::stripTrailing)),
                entry("aten::startswith", asked((text, part) -> IValue.of(text.startsWith(part)))),
                entry("aten::endswith", asked((text, part) -> IValue.of(text.endsWith(part)))),
                entry("aten::find", asked((text, part) -> IValue.of(text.indexOf(part)))),
                entry("aten::rfind", asked((text, part) -> IValue.of(text.lastIndexOf(part)))),
                entry(
                        "aten::isdigit",
                        changedTo(text ->
                                IValue.of(!text.isEmpty() && text.chars().allMatch(Character::isDigit)))),
                entry("aten::replace", PlainTexts::replace),
                entry("aten::split", PlainTexts::split),
                entry("aten::join", PlainTexts::join),
                entry("aten::ord", changedTo(text -> IValue.of(text.codePointAt(0)))));
    }

    private static PlainFunction changed(UnaryOperator<String> change) {
        return changedTo(text -> IValue.of(change.apply(text)));
    }

    private static PlainFunction changedTo(java.util.function.Function<String, IValue> change) {
        return call -> call.get(0) instanceof Text text && call.count() == 1
                ? Optional.of(change.apply(text.value()))
                : Optional.empty();
    }

    private static PlainFunction asked(BiFunction<String, String, IValue> answer) {
        return call -> call.get(0) instanceof Text text
                ? Optional.of(answer.apply(text.value(), call.text(1)))
                : Optional.empty();
    }

    private static Optional<IValue> format(PlainCall call) {
        StringBuilder filled = new StringBuilder();
        String[] parts = HOLE.split(call.text(0), -1);
        for (int i = 0; i < parts.length; i++) {
            filled.append(parts[i]);
            if (i < parts.length - 1) {
                filled.append(i + 1 < call.count() ? shown(call.get(i + 1)) : "{}");
            }
        }
        return Optional.of(IValue.of(filled.toString()));
    }

    private static Optional<IValue> percentFormat(PlainCall call) {
        String[] parts = call.text(0).split("%[a-z]", -1);
        List<IValue> given =
                PlainCall.itemsOf(call.get(1)).orElse(call.arguments().subList(1, call.count()));
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            filled.append(parts[i]);
            if (i < parts.length - 1 && i < given.size()) {
                filled.append(shown(given.get(i)));
            }
        }
        return Optional.of(IValue.of(filled.toString()));
    }

    private static Optional<IValue> replace(PlainCall call) {
        return call.get(0) instanceof Text text
                ? Optional.of(IValue.of(text.value().replace(call.text(1), call.text(2))))
                : Optional.empty();
    }

    private static Optional<IValue> split(PlainCall call) {
        if (!(call.get(0) instanceof Text text)) {
            return Optional.empty();
        }
        String[] parts = call.isNone(1)
                ? text.value().strip().split("\\s+")
                : text.value().split(Pattern.quote(call.text(1)), -1);
        return Optional.of(IValue.list(Arrays.stream(parts).map(IValue::of).toList()));
    }

    private static Optional<IValue> join(PlainCall call) {
        return Optional.of(
                IValue.of(call.items(1).stream().map(PlainTexts::shown).collect(Collectors.joining(call.text(0)))));
    }

    /** A value as Python's {@code str} shows it, as far as messages need it. */
    static String shown(IValue value) {
        if (value instanceof Text text) {
            return text.value();
        } else if (value instanceof IValue.Bool bool) {
            return bool.value() ? "True" : "False";
        } else if (value instanceof IValue.Int number) {
            return number.value().toString();
        } else if (value instanceof IValue.Real real) {
            return Double.toString(real.value());
        } else if (value instanceof IValue.None) {
            return "None";
        } else if (value instanceof EnumValue member) {
            return member.className().substring(member.className().lastIndexOf('.') + 1) + "." + member.name();
        } else if (value instanceof IValue.ListValue list) {
            return list.items().stream().map(PlainTexts::shown).collect(Collectors.joining(", ", "[", "]"));
        }
        return PlainCall.itemsOf(value)
                .map(items -> items.stream().map(PlainTexts::shown).collect(Collectors.joining(", ", "(", ")")))
                .orElse(value.toString());
    }
}
