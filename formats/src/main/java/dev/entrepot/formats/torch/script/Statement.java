package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.SourceLocation;
import java.util.List;
import java.util.Optional;

/** A statement of TorchScript code. */
public sealed interface Statement {

    /** Where it begins. */
    SourceLocation where();

    /** {@code target = value}; a tuple as target takes the value apart, with one item also. */
    record Assign(Expression target, Expression value, SourceLocation where) implements Statement {}

    /** {@code target : type = value}, where the value may be missing. */
    record Annotated(Expression target, Expression type, Optional<Expression> value, SourceLocation where)
            implements Statement {}

    /** {@code target += value}; the operator is without the {@code =}. */
    record Augmented(Expression target, String operator, Expression value, SourceLocation where) implements Statement {}

    /** An expression for its effect. */
    record Effect(Expression expression, SourceLocation where) implements Statement {}

    /** {@code return value}. */
    record Return(Optional<Expression> value, SourceLocation where) implements Statement {}

    /** {@code if}; an {@code elif} is an If within {@code otherwise}. */
    record If(Expression test, List<Statement> then, List<Statement> otherwise, SourceLocation where)
            implements Statement {
        public If {
            then = List.copyOf(then);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** {@code while}. */
    record While(Expression test, List<Statement> body, SourceLocation where) implements Statement {
        public While {
            body = List.copyOf(body);
        }
    }

    /** {@code for target in iterable}. */
    record For(Expression target, Expression iterable, List<Statement> body, SourceLocation where)
            implements Statement {
        public For {
            body = List.copyOf(body);
        }
    }

    /** {@code with context as name}. */
    record With(Expression context, Optional<String> name, List<Statement> body, SourceLocation where)
            implements Statement {
        public With {
            body = List.copyOf(body);
        }
    }

    /** {@code pass}. */
    record Pass(SourceLocation where) implements Statement {}

    /** {@code break}. */
    record Break(SourceLocation where) implements Statement {}

    /** {@code continue}. */
    record Continue(SourceLocation where) implements Statement {}

    /** {@code raise exception}. */
    record Raise(Expression exception, SourceLocation where) implements Statement {}

    /** {@code assert test, message}. */
    record Assert(Expression test, Optional<Expression> message, SourceLocation where) implements Statement {}

    /** {@code del target}. */
    record Delete(Expression target, SourceLocation where) implements Statement {}

    /** A function within a function, which sees the variables around it. */
    record Inner(FunctionDefinition function) implements Statement {
        @Override
        public SourceLocation where() {
            return function.where();
        }
    }
}
