package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.SourceLocation;
import java.util.List;
import java.util.Optional;

/**
 * A function or method.
 *
 * @param name its own name
 * @param parameters what it takes; of a method, first the object
 * @param result the type it gives, where it is written
 * @param body its statements
 * @param where where it begins
 */
public record FunctionDefinition(
        String name,
        List<Parameter> parameters,
        Optional<Expression> result,
        List<Statement> body,
        SourceLocation where) {

    public FunctionDefinition {
        parameters = List.copyOf(parameters);
        body = List.copyOf(body);
    }

    /**
     * A parameter.
     *
     * @param name its name
     * @param type its type, where it is written
     * @param absent its default, where it has one
     */
    public record Parameter(String name, Optional<Expression> type, Optional<Expression> absent) {}
}
