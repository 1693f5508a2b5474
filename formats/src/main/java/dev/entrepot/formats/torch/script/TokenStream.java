package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import java.util.Set;

/** The tokens of a file, one of them looked at in advance. */
final class TokenStream {

    private static final Set<String> KEYWORDS = Set.of(
            "def",
            "class",
            "if",
            "else",
            "elif",
            "while",
            "for",
            "in",
            "is",
            "not",
            "and",
            "or",
            "return",
            "pass",
            "break",
            "continue",
            "raise",
            "assert",
            "del",
            "import",
            "with",
            "as",
            "global",
            "lambda",
            "from",
            "try",
            "yield");

    private final Lexer lexer;
    private Token current;

    TokenStream(Lexer lexer) {
        this.lexer = lexer;
        this.current = lexer.next();
    }

    Token peek() {
        return current;
    }

    SourceLocation where() {
        return current.where();
    }

    Token take() {
        Token taken = current;
        current = lexer.next();
        return taken;
    }

    boolean at(String text) {
        return current.is(text);
    }

    boolean at(Token.Kind kind) {
        return current.kind() == kind;
    }

    /** Takes this symbol or keyword if it comes next. */
    boolean takeIf(String text) {
        if (!at(text)) {
            return false;
        }
        take();
        return true;
    }

    void expect(String text) {
        if (!takeIf(text)) {
            throw unexpected("\"" + text + "\"");
        }
    }

    void expect(Token.Kind kind, String shown) {
        if (current.kind() != kind) {
            throw unexpected(shown);
        }
        take();
    }

    /** A name that is no keyword. */
    String name() {
        if (!atName()) {
            throw unexpected("a name");
        }
        return take().text();
    }

    boolean atName() {
        return current.kind() == Token.Kind.NAME && !KEYWORDS.contains(current.text());
    }

    ModelException unexpected(String wanted) {
        return ModelException.malformed(
                where(), "code", "has " + current.shown() + " where " + wanted + " is expected");
    }
}
