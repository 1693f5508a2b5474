package dev.entrepot.importers.torch.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads one schema in PyTorch's notation, from left to right. Source: torch/csrc/jit/frontend/function_schema_parser.cpp. */
final class SchemaParser {

    private final String text;
    private int at;

    /** The alias of the type that is being read, and how many {@code ?} and {@code []} have followed it. */
    private @Nullable AliasInfo alias;

    private int wrappedSinceAlias;

    SchemaParser(String text) {
        this.text = text;
    }

    FunctionSchema schema() {
        String name = word();
        if (!take("::")) {
            throw unexpected("\"::\"");
        }
        name = name.concat("::").concat(word());
        String overload = take(".") ? word() : "";
        expect("(");
        List<Argument> arguments = new ArrayList<>();
        boolean keywordOnly = false;
        boolean variadic = false;
        while (!take(")")) {
            if (take("*")) {
                keywordOnly = true;
            } else if (take("...")) {
                variadic = true;
            } else {
                arguments.add(argument(keywordOnly));
            }
            take(", ");
        }
        expect(" -> ");
        boolean returnsAnything = take("...");
        List<Argument> returns = returnsAnything ? List.of() : returns();
        if (at < text.length()) {
            throw unexpected("the end");
        }
        return new FunctionSchema(name, overload, arguments, returns, variadic, returnsAnything);
    }

    private List<Argument> returns() {
        if (!take("(")) {
            return List.of(result());
        }
        List<Argument> returns = new ArrayList<>();
        while (!take(")")) {
            returns.add(result());
            take(", ");
        }
        return returns;
    }

    private Argument result() {
        alias = null;
        SchemaType type = type();
        String name = take(" ") ? word() : "";
        return new Argument(name, type, aliasOfType(), Optional.empty(), false);
    }

    private Argument argument(boolean keywordOnly) {
        alias = null;
        SchemaType type = type();
        expect(" ");
        String name = word();
        Optional<DefaultValue> defaultValue = take("=") ? Optional.of(value()) : Optional.empty();
        return new Argument(name, type, aliasOfType(), defaultValue, keywordOnly);
    }

    private Optional<AliasInfo> aliasOfType() {
        AliasInfo read = alias;
        if (read == null) {
            return Optional.empty();
        }
        return Optional.of(new AliasInfo(read.before(), read.after(), read.write(), wrappedSinceAlias));
    }

    private SchemaType type() {
        SchemaType type = innermostType();
        while (true) {
            if (take("(")) {
                alias = alias();
                wrappedSinceAlias = 0;
            } else if (take("[")) {
                type = new SchemaType.ListType(type, take("]") ? OptionalInt.empty() : size());
                wrappedSinceAlias++;
            } else if (take("?")) {
                type = new SchemaType.OptionalType(type);
                wrappedSinceAlias++;
            } else {
                return type;
            }
        }
    }

    private SchemaType innermostType() {
        if (take("(")) {
            List<SchemaType> elements = new ArrayList<>();
            while (!take(")")) {
                elements.add(type());
                take(", ");
            }
            return new SchemaType.TupleType(elements);
        }
        if (take("Dict(")) {
            SchemaType key = type();
            expect(", ");
            SchemaType value = type();
            expect(")");
            return new SchemaType.DictType(key, value);
        }
        StringBuilder name = new StringBuilder(word());
        while (take(".")) {
            name.append('.').append(word());
        }
        return SchemaType.named(name.toString());
    }

    private OptionalInt size() {
        int size = Integer.parseInt(word());
        expect("]");
        return OptionalInt.of(size);
    }

    private AliasInfo alias() {
        List<String> before = sets();
        boolean write = take("!");
        List<String> after = take(" -> ") ? sets() : before;
        expect(")");
        return new AliasInfo(before, after, write, 0);
    }

    private List<String> sets() {
        List<String> sets = new ArrayList<>();
        do {
            sets.add(take("*") ? "*" : word());
        } while (take("|"));
        return sets;
    }

    private DefaultValue value() {
        if (take("None")) {
            return DefaultValue.None.NONE;
        }
        if (take("True")) {
            return new DefaultValue.Bool(true);
        }
        if (take("False")) {
            return new DefaultValue.Bool(false);
        }
        if (take("[")) {
            return new DefaultValue.ListOf(values());
        }
        return take("\"") ? new DefaultValue.Text(restOfString()) : number();
    }

    private List<DefaultValue> values() {
        List<DefaultValue> values = new ArrayList<>();
        while (!take("]")) {
            values.add(value());
            take(", ");
        }
        return values;
    }

    private String restOfString() {
        StringBuilder string = new StringBuilder();
        while (!take("\"")) {
            string.append(take("\\") ? Escapes.meant(next()) : next());
        }
        return string.toString();
    }

    private DefaultValue number() {
        int start = at;
        while (at < text.length() && "+-.0123456789einfa".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String notation = text.substring(start, at);
        try {
            return notation.indexOf('.') < 0 && notation.indexOf('e') < 0 && !notation.endsWith("inf")
                    ? new DefaultValue.Int(Long.parseLong(notation))
                    : new DefaultValue.Real(Double.parseDouble(notation), notation);
        } catch (NumberFormatException e) {
            at = start;
            throw unexpected("a value");
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (at == start) {
            throw unexpected("a name");
        }
        return text.substring(start, at);
    }

    private char next() {
        if (at == text.length()) {
            throw unexpected("a character");
        }
        return text.charAt(at++);
    }

    private boolean take(String token) {
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw unexpected("\"" + token + "\"");
        }
    }

    private IllegalArgumentException unexpected(String expected) {
        String found = at == text.length() ? "the end" : "\"" + text.charAt(at) + "\"";
        return new IllegalArgumentException(
                "schema \"" + text + "\", character " + at + ": found " + found + ", expected " + expected);
    }
}
