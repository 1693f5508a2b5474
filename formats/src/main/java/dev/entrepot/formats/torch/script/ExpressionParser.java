package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.script.Expression.Attribute;
import dev.entrepot.formats.torch.script.Expression.Binary;
import dev.entrepot.formats.torch.script.Expression.BoolLiteral;
import dev.entrepot.formats.torch.script.Expression.Call;
import dev.entrepot.formats.torch.script.Expression.Conditional;
import dev.entrepot.formats.torch.script.Expression.DictLiteral;
import dev.entrepot.formats.torch.script.Expression.EllipsisLiteral;
import dev.entrepot.formats.torch.script.Expression.Entry;
import dev.entrepot.formats.torch.script.Expression.FloatLiteral;
import dev.entrepot.formats.torch.script.Expression.ImaginaryLiteral;
import dev.entrepot.formats.torch.script.Expression.IntLiteral;
import dev.entrepot.formats.torch.script.Expression.Keyword;
import dev.entrepot.formats.torch.script.Expression.ListLiteral;
import dev.entrepot.formats.torch.script.Expression.Name;
import dev.entrepot.formats.torch.script.Expression.NoneLiteral;
import dev.entrepot.formats.torch.script.Expression.Slice;
import dev.entrepot.formats.torch.script.Expression.Subscript;
import dev.entrepot.formats.torch.script.Expression.TextLiteral;
import dev.entrepot.formats.torch.script.Expression.TupleLiteral;
import dev.entrepot.formats.torch.script.Expression.Unary;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses expressions. Source: torch/csrc/jit/frontend/parser.cpp, parseExp; its precedences are Python's. */
final class ExpressionParser {

    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("or", 1),
            Map.entry("and", 2),
            Map.entry("in", 4),
            Map.entry("not in", 4),
            Map.entry("is", 4),
            Map.entry("is not", 4),
            Map.entry("<", 4),
            Map.entry(">", 4),
            Map.entry("<=", 4),
            Map.entry(">=", 4),
            Map.entry("==", 4),
            Map.entry("!=", 4),
            Map.entry("|", 5),
            Map.entry("^", 6),
            Map.entry("&", 7),
            Map.entry("<<", 8),
            Map.entry(">>", 8),
            Map.entry("+", 9),
            Map.entry("-", 9),
            Map.entry("*", 10),
            Map.entry("/", 10),
            Map.entry("//", 10),
            Map.entry("%", 10),
            Map.entry("@", 10),
            Map.entry("**", 12));
    private static final int NOT = 3;
    private static final int SIGN = 11;

    private final TokenStream tokens;
    private final ScriptLimits limits;
    private int depth;

    ExpressionParser(TokenStream tokens, ScriptLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    /** One expression, or several with commas between, which are a tuple. */
    Expression expressionOrTuple() {
        Expression first = expression();
        if (!tokens.at(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (tokens.takeIf(",") && startsExpression()) {
            items.add(expression());
        }
        return new TupleLiteral(items, first.where());
    }

    private boolean startsExpression() {
        return switch (tokens.peek().kind()) {
            case NUMBER, STRING -> true;
            case NAME -> tokens.atName() || tokens.at("not");
            case SYMBOL ->
                tokens.at("(")
                        || tokens.at("[")
                        || tokens.at("{")
                        || tokens.at("-")
                        || tokens.at("~")
                        || tokens.at("+")
                        || tokens.at("...");
            default -> false;
        };
    }

    /** One expression. */
    Expression expression() {
        if (++depth > limits.depth()) {
            throw ModelException.limitExceeded(
                    tokens.where(), "code", "nests expressions deeper than " + limits.depth() + " (limit depth)");
        }
        Expression then = binary(1);
        if (tokens.at("if")) {
            tokens.take();
            Expression test = binary(1);
            tokens.expect("else");
            then = new Conditional(test, then, expression(), then.where());
        }
        depth--;
        return then;
    }

    private Expression binary(int least) {
        Expression left = unary();
        int operators = 0;
        while (true) {
            String operator = tokens.at("not") ? "not in" : tokens.peek().text();
            Integer precedence = tokens.at(Token.Kind.STRING) ? null : PRECEDENCE.get(operator);
            if (precedence == null || precedence < least) {
                return left;
            }
            countChain(++operators);
            tokens.take();
            if (operator.equals("not in")) {
                tokens.expect("in");
            } else if (operator.equals("is") && tokens.takeIf("not")) {
                operator = "is not";
            }
            Expression right = deeper(operator.equals("**") ? precedence : precedence + 1);
            left = new Binary(operator, left, right, left.where());
        }
    }

    private Expression deeper(int least) {
        if (++depth > limits.depth()) {
            throw ModelException.limitExceeded(
                    tokens.where(), "code", "nests expressions deeper than " + limits.depth() + " (limit depth)");
        }
        Expression operand = binary(least);
        depth--;
        return operand;
    }

    private Expression unary() {
        SourceLocation where = tokens.where();
        if (tokens.takeIf("not")) {
            return new Unary("not", deeper(NOT), where);
        }
        if (tokens.takeIf("-")) {
            return tokens.at(Token.Kind.NUMBER)
                    ? postfix(number(tokens.take(), "-"))
                    : new Unary("-", deeper(SIGN), where);
        }
        if (tokens.takeIf("~")) {
            return new Unary("~", deeper(SIGN), where);
        }
        if (tokens.takeIf("+")) {
            return deeper(SIGN);
        }
        return postfix(atom());
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        int steps = 0;
        while (true) {
            if (tokens.takeIf(".")) {
                value = new Attribute(value, attributeName(), value.where());
            } else if (tokens.at("(")) {
                value = call(value);
            } else if (tokens.at("[")) {
                value = subscript(value);
            } else {
                return value;
            }
            countChain(++steps);
        }
    }

    /** After a dot, keywords are names. */
    private String attributeName() {
        if (!tokens.at(Token.Kind.NAME)) {
            throw tokens.unexpected("a name");
        }
        return tokens.take().text();
    }

    private Expression call(Expression callee) {
        tokens.expect("(");
        List<Expression> positional = new ArrayList<>();
        List<Keyword> keywords = new ArrayList<>();
        while (!tokens.at(")")) {
            Expression argument = expression();
            if (argument instanceof Name name && tokens.takeIf("=")) {
                keywords.add(new Keyword(name.name(), expression()));
            } else if (keywords.isEmpty()) {
                positional.add(argument);
            } else {
                throw ModelException.malformed(argument.where(), "argument", "stands after arguments given by name");
            }
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.expect(")");
        return new Call(callee, positional, keywords, callee.where());
    }

    private Expression subscript(Expression object) {
        tokens.expect("[");
        List<Expression> indices = new ArrayList<>();
        while (!tokens.at("]")) {
            indices.add(index());
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.expect("]");
        return new Subscript(object, indices, object.where());
    }

    private Expression index() {
        SourceLocation where = tokens.where();
        Optional<Expression> lower = tokens.at(":") ? Optional.empty() : Optional.of(expression());
        if (lower.isPresent() && !tokens.at(":")) {
            return lower.get();
        }
        tokens.expect(":");
        Optional<Expression> upper = bound();
        Optional<Expression> step = tokens.takeIf(":") ? bound() : Optional.empty();
        return new Slice(lower, upper, step, where);
    }

    private Optional<Expression> bound() {
        return tokens.at(":") || tokens.at("]") || tokens.at(",") ? Optional.empty() : Optional.of(expression());
    }

    private Expression atom() {
        Token token = tokens.peek();
        SourceLocation where = token.where();
        if (token.kind() == Token.Kind.NUMBER) {
            return number(tokens.take(), "");
        }
        if (token.kind() == Token.Kind.STRING) {
            StringBuilder text = new StringBuilder();
            while (tokens.at(Token.Kind.STRING)) {
                text.append(tokens.take().text());
            }
            return new TextLiteral(text.toString(), where);
        }
        if (tokens.at("(")) {
            return parenthesised(where);
        }
        if (tokens.takeIf("[")) {
            return new ListLiteral(items("]"), where);
        }
        if (tokens.takeIf("{")) {
            return dict(where);
        }
        if (tokens.takeIf("...")) {
            return new EllipsisLiteral(where);
        }
        return named(tokens.name(), where);
    }

    private static Expression named(String name, SourceLocation where) {
        return switch (name) {
            case "True" -> new BoolLiteral(true, where);
            case "False" -> new BoolLiteral(false, where);
            case "None" -> new NoneLiteral(where);
            default -> new Name(name, where);
        };
    }

    private Expression parenthesised(SourceLocation where) {
        tokens.expect("(");
        if (tokens.takeIf(")")) {
            return new TupleLiteral(List.of(), where);
        }
        Expression first = expression();
        if (tokens.takeIf(")")) {
            return first;
        }
        tokens.expect(",");
        List<Expression> items = new ArrayList<>(List.of(first));
        items.addAll(items(")"));
        return new TupleLiteral(items, where);
    }

    /** The items up to a closing bracket, which is taken. */
    private List<Expression> items(String closing) {
        List<Expression> items = new ArrayList<>();
        while (!tokens.at(closing)) {
            items.add(expression());
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.expect(closing);
        return items;
    }

    private Expression dict(SourceLocation where) {
        List<Entry> entries = new ArrayList<>();
        while (!tokens.at("}")) {
            Expression key = expression();
            tokens.expect(":");
            entries.add(new Entry(key, expression()));
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.expect("}");
        return new DictLiteral(entries, where);
    }

    private static Expression number(Token token, String sign) {
        String text = token.text();
        SourceLocation where = token.where();
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return integer(new BigInteger(sign + text.substring(2), 16), where);
        }
        if (text.endsWith("j")) {
            return new ImaginaryLiteral(Double.parseDouble(sign + text.substring(0, text.length() - 1)), where);
        }
        boolean real = text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
        if (real) {
            return new FloatLiteral(Double.parseDouble(sign + text), where);
        }
        if (text.length() > 40) {
            throw ModelException.malformed(where, "number", "has " + text.length() + " digits, at most 19 fit 64 bits");
        }
        return integer(new BigInteger(sign + text), where);
    }

    private static Expression integer(BigInteger value, SourceLocation where) {
        if (value.bitLength() >= Long.SIZE) {
            throw ModelException.malformed(where, "number", value + " does not fit 64 bits");
        }
        return new IntLiteral(value.longValue(), where);
    }

    private void countChain(int length) {
        if (length > limits.chain()) {
            throw ModelException.limitExceeded(
                    tokens.where(), "code", "has more than " + limits.chain() + " operators in a row (limit chain)");
        }
    }
}
