package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.script.Expression.Attribute;
import dev.entrepot.formats.torch.script.Expression.ListLiteral;
import dev.entrepot.formats.torch.script.Expression.Name;
import dev.entrepot.formats.torch.script.Expression.Subscript;
import dev.entrepot.formats.torch.script.Expression.TupleLiteral;
import dev.entrepot.formats.torch.script.FunctionDefinition.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses statements and functions. Source: torch/csrc/jit/frontend/parser.cpp, parseStmt. */
final class StatementParser {

    private final TokenStream tokens;
    private final ExpressionParser expressions;
    private final ScriptLimits limits;
    private int depth;

    StatementParser(TokenStream tokens, ScriptLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
        this.expressions = new ExpressionParser(tokens, limits);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    /** {@code def name(parameters) -> result:} and its body. */
    FunctionDefinition function() {
        SourceLocation where = tokens.where();
        tokens.expect("def");
        String name = tokens.name();
        tokens.expect("(");
        List<Parameter> parameters = new ArrayList<>();
        while (!tokens.at(")")) {
            parameters.add(parameter());
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.expect(")");
        Optional<Expression> result = tokens.takeIf("->") ? Optional.of(expressions.expression()) : Optional.empty();
        return new FunctionDefinition(name, parameters, result, block(), where);
    }

    private Parameter parameter() {
        String name = tokens.name();
        Optional<Expression> type = tokens.takeIf(":") ? Optional.of(expressions.expression()) : Optional.empty();
        Optional<Expression> absent = tokens.takeIf("=") ? Optional.of(expressions.expression()) : Optional.empty();
        return new Parameter(name, type, absent);
    }

    /** A colon and statements: on the same line, or indented below. */
    List<Statement> block() {
        tokens.expect(":");
        List<Statement> statements = new ArrayList<>();
        if (!tokens.at(Token.Kind.NEWLINE)) {
            statements.add(statement());
            return statements;
        }
        if (++depth > limits.depth()) {
            throw ModelException.limitExceeded(
                    tokens.where(), "code", "nests blocks deeper than " + limits.depth() + " (limit depth)");
        }
        tokens.take();
        tokens.expect(Token.Kind.INDENT, "an indented line");
        while (!tokens.at(Token.Kind.DEDENT)) {
            statements.add(statement());
        }
        tokens.take();
        depth--;
        return statements;
    }

    private Statement statement() {
        SourceLocation where = tokens.where();
        return switch (tokens.peek().text()) {
            case "if" -> condition();
            case "while" -> loop();
            case "for" -> range();
            case "with" -> with();
            case "def" -> new Statement.Inner(function());
            default -> simple(where);
        };
    }

    private Statement simple(SourceLocation where) {
        Statement statement = simpleBody(where);
        if (!tokens.takeIf(";")) {
            tokens.expect(Token.Kind.NEWLINE, "the end of the line");
        }
        return statement;
    }

    private Statement simpleBody(SourceLocation where) {
        if (tokens.at(Token.Kind.STRING)) {
            return assignment(where);
        }
        switch (tokens.peek().text()) {
            case "pass":
                tokens.take();
                return new Statement.Pass(where);
            case "break":
                tokens.take();
                return new Statement.Break(where);
            case "continue":
                tokens.take();
                return new Statement.Continue(where);
            case "return":
                tokens.take();
                return new Statement.Return(
                        tokens.at(Token.Kind.NEWLINE) ? Optional.empty() : Optional.of(expressions.expressionOrTuple()),
                        where);
            case "raise":
                tokens.take();
                return new Statement.Raise(expressions.expression(), where);
            case "assert":
                tokens.take();
                Expression test = expressions.expression();
                return new Statement.Assert(
                        test, tokens.takeIf(",") ? Optional.of(expressions.expression()) : Optional.empty(), where);
            case "del":
                tokens.take();
                return new Statement.Delete(expressions.expressionOrTuple(), where);
            default:
                return assignment(where);
        }
    }

    private Statement assignment(SourceLocation where) {
        Expression target = expressions.expressionOrTuple();
        if (tokens.takeIf("=")) {
            requireTarget(target);
            return new Statement.Assign(target, expressions.expressionOrTuple(), where);
        }
        if (tokens.takeIf(":")) {
            requireTarget(target);
            Expression type = expressions.expression();
            Optional<Expression> value =
                    tokens.takeIf("=") ? Optional.of(expressions.expressionOrTuple()) : Optional.empty();
            return new Statement.Annotated(target, type, value, where);
        }
        String operator = tokens.peek().text();
        boolean augmented = tokens.at(Token.Kind.SYMBOL) && operator.length() > 1 && operator.endsWith("=");
        if (augmented && !List.of("==", "!=", "<=", ">=").contains(operator)) {
            requireTarget(target);
            tokens.take();
            return new Statement.Augmented(
                    target, operator.substring(0, operator.length() - 1), expressions.expressionOrTuple(), where);
        }
        return new Statement.Effect(target, where);
    }

    private void requireTarget(Expression target) {
        if (target instanceof TupleLiteral tuple) {
            tuple.items().forEach(this::requireTarget);
        } else if (target instanceof ListLiteral list) {
            list.items().forEach(this::requireTarget);
        } else if (!(target instanceof Name || target instanceof Attribute || target instanceof Subscript)) {
            throw ModelException.malformed(
                    target.where(), "assignment", "has something on its left that is no variable");
        }
    }

    /** An {@code if} with all its {@code elif}, which a hostile file may have many of: no recursion. */
    private Statement condition() {
        List<SourceLocation> places = new ArrayList<>();
        List<Expression> tests = new ArrayList<>();
        List<List<Statement>> blocks = new ArrayList<>();
        do {
            places.add(tokens.where());
            tokens.take();
            tests.add(expressions.expression());
            blocks.add(block());
        } while (tokens.at("elif") && blocks.size() < limits.depth());
        List<Statement> otherwise = tokens.takeIf("else") ? block() : List.of();
        for (int i = tests.size() - 1; i >= 0; i--) {
            otherwise = List.of(new Statement.If(tests.get(i), blocks.get(i), otherwise, places.get(i)));
        }
        return otherwise.get(0);
    }

    private Statement loop() {
        SourceLocation where = tokens.where();
        tokens.expect("while");
        Expression test = expressions.expression();
        return new Statement.While(test, block(), where);
    }

    private Statement range() {
        SourceLocation where = tokens.where();
        tokens.expect("for");
        List<Expression> targets = new ArrayList<>();
        SourceLocation first = tokens.where();
        do {
            if (tokens.at("in")) {
                break;
            }
            targets.add(new Name(tokens.name(), tokens.where()));
        } while (tokens.takeIf(","));
        Expression target = targets.size() == 1 ? targets.get(0) : new TupleLiteral(targets, first);
        tokens.expect("in");
        Expression iterable = expressions.expressionOrTuple();
        return new Statement.For(target, iterable, block(), where);
    }

    private Statement with() {
        SourceLocation where = tokens.where();
        tokens.expect("with");
        Expression context = expressions.expression();
        Optional<String> name = tokens.takeIf("as") ? Optional.of(tokens.name()) : Optional.empty();
        return new Statement.With(context, name, block(), where);
    }
}
