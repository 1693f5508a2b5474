package dev.entrepot.importers.torch.operators.plain;

import static dev.entrepot.importers.torch.operators.entries.Entries.overloads;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * TorchScript's strings.
 *
 * <p>Source: torch/csrc/jit/runtime/register_string_ops.cpp; for {@code format} register_ops_utils.h.
 */
public final class Texts {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Stream.of(
                    Stream.of(
                            plain(
                                    "aten::capitalize",
                                    changed(text -> text.isEmpty()
                                            ? text
                                            : text.substring(0, 1).toUpperCase(Locale.ROOT)
                                                    + text.substring(1).toLowerCase(Locale.ROOT))),
                            plain("aten::chr", call -> IValue.of(Character.toString((char) call.integer("i")))),
                            plain("aten::endswith", call -> IValue.of(part(call).endsWith(call.text("substr")))),
                            plain("aten::find", call -> IValue.of(found(call))),
                            plain("aten::format", Texts::format),
                            plain(
                                    "aten::hex",
                                    call -> IValue.of((call.integer("i") < 0 ? "-0x" : "0x")
                                            + Long.toHexString(Math.abs(call.integer("i"))))),
                            plain("aten::isalnum", all(Character::isLetterOrDigit)),
                            plain("aten::isalpha", all(Character::isLetter)),
                            plain("aten::isdecimal", all(Character::isDigit)),
                            plain("aten::isdigit", all(Character::isDigit)),
                            plain("aten::isnumeric", all(Character::isDigit)),
                            plain("aten::isspace", all(Character::isWhitespace)),
                            plain(
                                    "aten::join",
                                    call -> IValue.of(call.items("values").stream()
                                            .map(IValue::shown)
                                            .collect(Collectors.joining(self(call))))),
                            plain("aten::lower", changed(text -> text.toLowerCase(Locale.ROOT))),
                            plain("aten::lstrip", call -> IValue.of(stripped(call, true, false))),
                            plain(
                                    "aten::ord",
                                    call -> IValue.of(call.text("string").codePointAt(0))),
                            plain("aten::percentFormat", Texts::percentFormat),
                            plain("aten::replace", Texts::replace),
                            plain("aten::rfind", call -> IValue.of(part(call).lastIndexOf(call.text("substr")))),
                            plain("aten::rstrip", call -> IValue.of(stripped(call, false, true))),
                            plain(
                                    "aten::startswith",
                                    call -> IValue.of(part(call).startsWith(call.text("substr")))),
                            plain(
                                    "aten::str",
                                    call -> IValue.of(call.get("elem").shown())),
                            plain("aten::strip", call -> IValue.of(stripped(call, true, true))),
                            plain("aten::upper", changed(text -> text.toUpperCase(Locale.ROOT))),
                            plain("prim::StringIndex", call -> character(call, call.text("string")))),
                    overloads("aten::__getitem__", "str", call -> character(call, call.text("s"))),
                    overloads("aten::add", "str", call -> IValue.of(call.text("a") + call.text("b"))),
                    overloads("aten::count", "-", Texts::count),
                    overloads("aten::index", "str", Texts::index),
                    overloads(
                            "aten::len", "str", call -> IValue.of(call.text("s").length())),
                    overloads(
                            "aten::list",
                            "-",
                            call -> IValue.list(call.text("t")
                                    .codePoints()
                                    .mapToObj(character -> IValue.of(Character.toString(character)))
                                    .toList())),
                    overloads("aten::slice", "str", Texts::slice),
                    overloads("aten::split", "str", Texts::split))
            .flatMap(entries -> entries)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    // spotless:on

    private Texts() {}

    private static String self(AtenCall call) {
        return call.text("self");
    }

    private static Support.Lowering changed(UnaryOperator<String> change) {
        return call -> IValue.of(change.apply(self(call)));
    }

    private static Support.Lowering all(IntPredicate wanted) {
        return call ->
                IValue.of(!self(call).isEmpty() && self(call).codePoints().allMatch(wanted));
    }

    /** The text from {@code start} to {@code end}; an end of -1 is the text's. */
    private static String part(AtenCall call) {
        String text = self(call);
        int start = clamped(call.integer("start"), text.length());
        int end = call.integer("end") == -1 ? text.length() : clamped(call.integer("end"), text.length());
        return start < end ? text.substring(start, end) : "";
    }

    private static int clamped(long place, int length) {
        return (int) Math.max(0, Math.min(place < 0 ? place + length : place, length));
    }

    private static long found(AtenCall call) {
        int found = part(call).indexOf(call.text("substr"));
        return found < 0
                ? -1
                : found + clamped(call.integer("start"), self(call).length());
    }

    private static IValue index(AtenCall call) {
        if (found(call) < 0) {
            throw call.malformed("\"" + self(call) + "\" does not hold \"" + call.text("substr") + "\"");
        }
        return IValue.of(found(call));
    }

    private static IValue count(AtenCall call) {
        String part = part(call);
        String sought = call.text("substr");
        if (sought.isEmpty()) {
            return IValue.of(part.length() + 1L);
        }
        long count = 0;
        for (int at = part.indexOf(sought); at >= 0; at = part.indexOf(sought, at + sought.length())) {
            count++;
        }
        return IValue.of(count);
    }

    private static IValue character(AtenCall call, String text) {
        int place = Lists.place(call, call.integer("index"), text.length());
        return IValue.of(text.substring(place, place + 1));
    }

    private static IValue slice(AtenCall call) {
        String text = call.text("string");
        return IValue.of(Lists.places(call, text.length())
                .mapToObj(place -> text.substring(place, place + 1))
                .collect(Collectors.joining()));
    }

    private static String stripped(AtenCall call, boolean left, boolean right) {
        String text = self(call);
        String set = call.text("chars");
        int start = 0;
        int end = text.length();
        while (left && start < end && set.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (right && start < end && set.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }

    private static IValue replace(AtenCall call) {
        long most = call.integer("max");
        Pattern old = Pattern.compile(call.text("old"), Pattern.LITERAL);
        String text = self(call);
        long[] replaced = {0};
        return IValue.of(old.matcher(text)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        most < 0 || replaced[0]++ < most ? call.text("new") : match.group())));
    }

    private static IValue split(AtenCall call) {
        String text = self(call);
        long most = call.integer("max");
        int limit = most < 0 ? -1 : Math.toIntExact(most + 1);
        if (!call.isNone("separator")) {
            return texts(
                    Pattern.compile(call.text("separator"), Pattern.LITERAL).split(text, limit));
        }
        String stripped = text.strip();
        return stripped.isEmpty() ? IValue.list(List.of()) : texts(stripped.split("\\s+", limit));
    }

    private static IValue texts(String... texts) {
        return IValue.list(Stream.of(texts).map(IValue::of).toList());
    }

    // --- values as text

    /** {@code "{} of {}"} with the braces filled in. */
    private static IValue format(AtenCall call) {
        List<IValue> values = new ArrayList<>(call.items(AtenCall.REST));
        StringBuilder text = new StringBuilder();
        String[] pieces = self(call).split("\\{\\}", -1);
        for (int i = 0; i < pieces.length; i++) {
            text.append(pieces[i]);
            if (i < pieces.length - 1) {
                text.append(i < values.size() ? values.get(i).shown() : "{}");
            }
        }
        return IValue.of(text.toString());
    }

    private static IValue percentFormat(AtenCall call) {
        List<IValue> values = new ArrayList<>(call.items(AtenCall.REST));
        return IValue.of(Pattern.compile("%[sdif]").matcher(self(call)).replaceAll(match -> {
            String shown = values.isEmpty() ? match.group() : values.remove(0).shown();
            return java.util.regex.Matcher.quoteReplacement(shown);
        }));
    }
}
