package dev.entrepot.formats.npy;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.Dim;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the Python dictionary of a {@code .npy} header; no other Python is understood. */
final class HeaderParser {

    private static final int LARGEST_RANK = 64;

    private final SourceLocation where;
    private final String text;
    private int at;

    HeaderParser(SourceLocation where, String text) {
        this.where = where;
        this.text = text;
    }

    /** The whole header: a dictionary with exactly the keys {@code descr}, {@code fortran_order} and {@code shape}. */
    NpyHeader header() {
        String descr = null;
        Boolean fortranOrder = null;
        List<Dim> shape = null;
        expect('{');
        while (!take('}')) {
            String key = string();
            expect(':');
            if (key.equals("descr") && descr == null) {
                descr = descr();
            } else if (key.equals("fortran_order") && fortranOrder == null) {
                fortranOrder = truth();
            } else if (key.equals("shape") && shape == null) {
                shape = sizes();
            } else {
                throw malformed("has the key '" + key + "' twice, or it is unknown");
            }
            if (!take(',') && !sees('}')) {
                throw malformed("needs ',' or '}' after the value of '" + key + "'");
            }
        }
        skipSpace();
        if (at < text.length()) {
            throw malformed("goes on after its '}'");
        }
        return checked(descr, fortranOrder, shape);
    }

    private NpyHeader checked(@Nullable String descr, @Nullable Boolean fortranOrder, @Nullable List<Dim> shape) {
        if (descr == null || fortranOrder == null || shape == null) {
            throw malformed("lacks one of the keys 'descr', 'fortran_order', 'shape'");
        }
        return new NpyHeader(descr, fortranOrder, shape);
    }

    private String descr() {
        if (sees('[') || sees('(')) {
            throw ModelException.unsupported(where, "array", "holds records, not numbers: " + abridged());
        }
        return string();
    }

    private boolean truth() {
        if (takeWord("False")) {
            return false;
        }
        if (takeWord("True")) {
            return true;
        }
        throw malformed("needs True or False for 'fortran_order'");
    }

    private List<Dim> sizes() {
        List<Dim> sizes = new ArrayList<>();
        expect('(');
        while (!take(')')) {
            sizes.add(Dim.of(size()));
            if (sizes.size() > LARGEST_RANK) {
                throw ModelException.limitExceeded(where, "array", "has more than " + LARGEST_RANK + " dimensions");
            }
            boolean more = take(',');
            if (!more && (sizes.size() == 1 || !sees(')'))) {
                throw malformed("needs ',' or ')' after a size");
            }
        }
        return sizes;
    }

    /** A size; Python 2 wrote some as {@code 3L}. */
    private long size() {
        skipSpace();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        int end = at;
        if (end < text.length() && text.charAt(end) == 'L') {
            at++;
        }
        try {
            return Long.parseLong(text, start, end, 10);
        } catch (NumberFormatException e) {
            at = start;
            throw malformed("needs a size from 0 to 2^63 - 1");
        }
    }

    /** A string without escapes: none of the three keys and no element type has one. */
    private String string() {
        skipSpace();
        char quote = at < text.length() ? text.charAt(at) : 0;
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw malformed("needs a string");
        }
        String string = text.substring(at + 1, end);
        at = end + 1;
        return string;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw malformed("needs '" + c + "'");
        }
    }

    private boolean take(char c) {
        if (sees(c)) {
            at++;
            return true;
        }
        return false;
    }

    private boolean takeWord(String word) {
        skipSpace();
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private boolean sees(char c) {
        skipSpace();
        return at < text.length() && text.charAt(at) == c;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private ModelException malformed(String why) {
        return ModelException.malformed(where, "header", why + " at character " + at + ": " + abridged());
    }

    private String abridged() {
        String line = text.strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }
}
