package dev.entrepot.importers.torch.script.run;

import dev.entrepot.formats.torch.script.Expression;
import dev.entrepot.formats.torch.script.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The variables that statements assign, whichever way they go. */
final class AssignedNames {

    private final Set<String> names = new LinkedHashSet<>();

    private AssignedNames() {}

    static Set<String> in(List<Statement> statements) {
        AssignedNames assigned = new AssignedNames();
        statements.forEach(assigned::add);
        return assigned.names;
    }

    private void add(Statement statement) {
        if (statement instanceof Statement.Assign assign) {
            target(assign.target());
        } else if (statement instanceof Statement.Annotated annotated) {
            target(annotated.target());
        } else if (statement instanceof Statement.Augmented augmented) {
            target(augmented.target());
        } else if (statement instanceof Statement.If condition) {
            condition.then().forEach(this::add);
            condition.otherwise().forEach(this::add);
        } else if (statement instanceof Statement.For loop) {
            target(loop.target());
            loop.body().forEach(this::add);
        } else if (statement instanceof Statement.While loop) {
            loop.body().forEach(this::add);
        } else if (statement instanceof Statement.With with) {
            with.body().forEach(this::add);
        }
    }

    private void target(Expression target) {
        if (target instanceof Expression.Name name) {
            names.add(name.name());
        } else if (target instanceof Expression.TupleLiteral tuple) {
            tuple.items().forEach(this::target);
        }
    }
}
