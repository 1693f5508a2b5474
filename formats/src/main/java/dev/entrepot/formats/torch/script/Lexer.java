package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts source text into tokens. Indentation becomes tokens of its own; within brackets, lines mean nothing.
 *
 * <p>Source: torch/csrc/jit/frontend/lexer.h.
 */
final class Lexer {

    private static final Pattern NUMBER =
            Pattern.compile("0[xX][0-9a-fA-F]++|(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?j?");
    private static final List<String> SYMBOLS = List.of(
            "...", "**=", "//=", "<<=", ">>=", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=",
            "/=", "%=", "&=", "|=", "^=");
    private static final String SINGLE = "+-*/%@&|^~<>=()[]{},:.;";

    private final String file;
    private final String text;
    private final ScriptLimits limits;
    private final Matcher number;
    private final Deque<Integer> indents = new ArrayDeque<>(List.of(0));
    private int at;
    private int line = 1;
    private int lineStart;
    private int brackets;
    private int owedDedents;
    private boolean lineBegins = true;
    private boolean lineHasTokens;

    Lexer(String file, String text, ScriptLimits limits) {
        this.file = file;
        this.text = text;
        this.limits = limits;
        this.number = NUMBER.matcher(text);
        if (text.length() > limits.characters()) {
            throw ModelException.limitExceeded(
                    SourceLocation.file(file),
                    "code",
                    "has " + text.length() + " characters, the limit is " + limits.characters());
        }
    }

    /** The next token; at the end of the text, {@code END} for ever. */
    Token next() {
        if (owedDedents > 0) {
            owedDedents--;
            return token(Token.Kind.DEDENT, "");
        }
        if (lineBegins && brackets == 0) {
            @Nullable Token change = indentation();
            if (change != null) {
                return change;
            }
        }
        skipSpace();
        if (at == text.length()) {
            return end();
        }
        if (text.charAt(at) == '\n') {
            Token token = token(Token.Kind.NEWLINE, "");
            newLine();
            lineBegins = true;
            lineHasTokens = false;
            return token;
        }
        lineHasTokens = true;
        return visible();
    }

    private Token end() {
        if (lineHasTokens) {
            lineHasTokens = false;
            return token(Token.Kind.NEWLINE, "");
        }
        if (indents.size() > 1) {
            indents.pop();
            return token(Token.Kind.DEDENT, "");
        }
        return token(Token.Kind.END, "");
    }

    /** Passes empty lines; then an indent, a dedent, or null where the line begins in the same column. */
    private @Nullable Token indentation() {
        skipSpace();
        while (at < text.length() && text.charAt(at) == '\n') {
            newLine();
            skipSpace();
        }
        lineBegins = false;
        if (at == text.length()) {
            return null;
        }
        int column = at - lineStart;
        if (column > indents.getFirst()) {
            indents.push(column);
            if (indents.size() > limits.depth()) {
                throw ModelException.limitExceeded(
                        where(), "code", "nests blocks deeper than " + limits.depth() + " (limit depth)");
            }
            return token(Token.Kind.INDENT, "");
        }
        int closed = 0;
        while (column < indents.getFirst()) {
            indents.pop();
            closed++;
        }
        if (column != indents.getFirst()) {
            throw ModelException.malformed(where(), "line", "is indented like no line around it");
        }
        if (closed == 0) {
            return null;
        }
        owedDedents = closed - 1;
        return token(Token.Kind.DEDENT, "");
    }

    /** Passes blanks, comments, escaped line ends and, within brackets, all line ends. */
    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at++;
                newLine();
            } else if (c == '\n' && brackets > 0) {
                newLine();
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
                at++;
            } else {
                return;
            }
        }
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private Token visible() {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            return string(c);
        }
        number.region(at, text.length());
        if (number.lookingAt()) {
            return taken(Token.Kind.NUMBER, number.end() - at);
        }
        if (isNamePart(c)) {
            int end = at;
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
            return taken(Token.Kind.NAME, end - at);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                return taken(Token.Kind.SYMBOL, symbol.length());
            }
        }
        if (SINGLE.indexOf(c) < 0) {
            throw ModelException.malformed(
                    where(), "character", "U+" + String.format("%04X", (int) c) + " has no meaning in code");
        }
        if ("([{".indexOf(c) >= 0) {
            brackets++;
        } else if (")]}".indexOf(c) >= 0) {
            brackets = Math.max(0, brackets - 1);
        }
        return taken(Token.Kind.SYMBOL, 1);
    }

    private static boolean isNamePart(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private Token string(char quote) {
        SourceLocation start = where();
        String triple = String.valueOf(quote).repeat(3);
        String closing = text.startsWith(triple, at) ? triple : String.valueOf(quote);
        int from = at + closing.length();
        int end = from;
        while (end < text.length() && !text.startsWith(closing, end)) {
            char c = text.charAt(end);
            if (c == '\n' && closing.length() == 1) {
                break;
            }
            end += c == '\\' ? 2 : 1;
        }
        if (end >= text.length() || !text.startsWith(closing, end)) {
            throw ModelException.malformed(start, "string", "has no closing quote");
        }
        String inside = text.substring(from, end);
        for (int newline = text.indexOf('\n', at);
                newline >= 0 && newline < end;
                newline = text.indexOf('\n', newline + 1)) {
            line++;
            lineStart = newline + 1;
        }
        at = end + closing.length();
        return new Token(Token.Kind.STRING, StringEscapes.decode(inside), start);
    }

    private Token taken(Token.Kind kind, int length) {
        Token token = token(kind, text.substring(at, at + length));
        at += length;
        return token;
    }

    private Token token(Token.Kind kind, String tokenText) {
        return new Token(kind, tokenText, where());
    }

    private SourceLocation where() {
        return SourceLocation.line(file, line, at - lineStart + 1);
    }
}
