package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.SourceLocation;
import java.util.List;
import java.util.Optional;

/** An expression of TorchScript code. Types are expressions, too: {@code List[Tensor]}. */
public sealed interface Expression {

    /** Where it begins. */
    SourceLocation where();

    /** A name, such as a local variable, {@code torch} or {@code Tensor}. */
    record Name(String name, SourceLocation where) implements Expression {}

    /** A whole number. */
    record IntLiteral(long value, SourceLocation where) implements Expression {}

    /** A floating-point number. */
    record FloatLiteral(double value, SourceLocation where) implements Expression {}

    /** An imaginary number. */
    record ImaginaryLiteral(double value, SourceLocation where) implements Expression {}

    /** A text. */
    record TextLiteral(String value, SourceLocation where) implements Expression {}

    /** True or False. */
    record BoolLiteral(boolean value, SourceLocation where) implements Expression {}

    /** None. */
    record NoneLiteral(SourceLocation where) implements Expression {}

    /** {@code ...}. */
    record EllipsisLiteral(SourceLocation where) implements Expression {}

    /** {@code object.name}. */
    record Attribute(Expression object, String name, SourceLocation where) implements Expression {}

    /** {@code object[index]}; several indices stand between commas. */
    record Subscript(Expression object, List<Expression> indices, SourceLocation where) implements Expression {
        public Subscript {
            indices = List.copyOf(indices);
        }
    }

    /** {@code lower:upper:step} within a subscript. */
    record Slice(
            Optional<Expression> lower, Optional<Expression> upper, Optional<Expression> step, SourceLocation where)
            implements Expression {}

    /** {@code callee(positional, name=keyword)}. */
    record Call(Expression callee, List<Expression> positional, List<Keyword> keywords, SourceLocation where)
            implements Expression {
        public Call {
            positional = List.copyOf(positional);
            keywords = List.copyOf(keywords);
        }
    }

    /** An argument given by name. */
    record Keyword(String name, Expression value) {}

    /** {@code [a, b]}. */
    record ListLiteral(List<Expression> items, SourceLocation where) implements Expression {
        public ListLiteral {
            items = List.copyOf(items);
        }
    }

    /** {@code (a, b)}, with or without brackets. */
    record TupleLiteral(List<Expression> items, SourceLocation where) implements Expression {
        public TupleLiteral {
            items = List.copyOf(items);
        }
    }

    /** {@code {k: v}}. */
    record DictLiteral(List<Entry> entries, SourceLocation where) implements Expression {
        public DictLiteral {
            entries = List.copyOf(entries);
        }
    }

    /** A key and its value. */
    record Entry(Expression key, Expression value) {}

    /** {@code -x}, {@code ~x} or {@code not x}. */
    record Unary(String operator, Expression operand, SourceLocation where) implements Expression {}

    /** Two operands and the operator between them, such as {@code +}, {@code is not} or {@code and}. */
    record Binary(String operator, Expression left, Expression right, SourceLocation where) implements Expression {}

    /** {@code then if test else otherwise}. */
    record Conditional(Expression test, Expression then, Expression otherwise, SourceLocation where)
            implements Expression {}
}
