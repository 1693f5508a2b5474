package dev.entrepot.formats.torch.script;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.script.Expression.IntLiteral;
import dev.entrepot.formats.torch.script.Expression.ListLiteral;
import dev.entrepot.formats.torch.script.Expression.Name;
import dev.entrepot.formats.torch.script.Expression.Subscript;
import dev.entrepot.formats.torch.script.Expression.TextLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Parses files and classes. Source: torch/csrc/jit/serialization/import_source.cpp, parseSourceIfNeeded, importClass. */
final class UnitParser {

    private final TokenStream tokens;
    private final StatementParser statements;

    UnitParser(TokenStream tokens, ScriptLimits limits) {
        this.tokens = tokens;
        this.statements = new StatementParser(tokens, limits);
    }

    SourceUnit unit(String file) {
        Map<String, ClassDefinition> classes = new LinkedHashMap<>();
        Map<String, FunctionDefinition> functions = new LinkedHashMap<>();
        OptionalLong version = OptionalLong.empty();
        while (!tokens.at(Token.Kind.END)) {
            if (tokens.at("import")) {
                skipImport();
            } else if (tokens.at("class")) {
                ClassDefinition type = type();
                classes.put(type.name(), type);
            } else if (tokens.at("def")) {
                FunctionDefinition function = statements.function();
                functions.put(function.name(), function);
            } else if (tokens.at("op_version_set")) {
                version = OptionalLong.of(version());
            } else {
                throw tokens.unexpected("a class or function");
            }
        }
        return new SourceUnit(file, version, classes, functions);
    }

    /** Archives before PyTorch 1.5 name the files they use; names are found without that. */
    private void skipImport() {
        while (!tokens.at(Token.Kind.NEWLINE)) {
            tokens.take();
        }
        tokens.take();
    }

    private long version() {
        tokens.take();
        tokens.expect("=");
        Expression version = statements.expressions().expression();
        if (!(version instanceof IntLiteral number)) {
            throw ModelException.malformed(version.where(), "op_version_set", "is no number");
        }
        tokens.expect(Token.Kind.NEWLINE, "the end of the line");
        return number.value();
    }

    private ClassDefinition type() {
        SourceLocation where = tokens.where();
        tokens.expect("class");
        String name = tokens.name();
        Optional<String> base = Optional.empty();
        if (tokens.takeIf("(")) {
            base = tokens.at(")") ? Optional.empty() : Optional.of(baseName());
            tokens.expect(")");
        }
        Body body = new Body();
        statements.block().forEach(body::add);
        return new ClassDefinition(
                name, base, body.attributes, body.constants, body.parameters, body.buffers, body.methods, where);
    }

    private String baseName() {
        StringBuilder name = new StringBuilder(tokens.name());
        while (tokens.takeIf(".")) {
            name.append('.').append(tokens.name());
        }
        return name.toString();
    }

    /** What the statements of a class's body declare. */
    private static final class Body {
        private final Map<String, Expression> attributes = new LinkedHashMap<>();
        private final Map<String, Expression> constants = new LinkedHashMap<>();
        private final List<String> parameters = new ArrayList<>();
        private final List<String> buffers = new ArrayList<>();
        private final Map<String, FunctionDefinition> methods = new LinkedHashMap<>();

        private void add(Statement statement) {
            if (statement instanceof Statement.Inner inner) {
                methods.put(inner.function().name(), inner.function());
            } else if (statement instanceof Statement.Annotated annotated && annotated.target() instanceof Name name) {
                annotated
                        .value()
                        .ifPresentOrElse(
                                value -> constants.put(name.name(), value),
                                () -> attributes.put(name.name(), annotated.type()));
            } else if (statement instanceof Statement.Assign assign) {
                add(assign);
            } else if (!(statement instanceof Statement.Pass)) {
                throw ModelException.malformed(statement.where(), "class", "has a statement that declares nothing");
            }
        }

        private void add(Statement.Assign assign) {
            if (assign.target() instanceof Subscript subscript
                    && subscript.indices().size() == 1
                    && subscript.indices().get(0) instanceof TextLiteral name) {
                attributes.put(name.value(), assign.value());
                return;
            }
            if (!(assign.target() instanceof Name name)) {
                throw ModelException.malformed(assign.where(), "class", "has an assignment that declares nothing");
            }
            switch (name.name()) {
                case "__parameters__" -> parameters.addAll(texts(assign));
                case "__buffers__" -> buffers.addAll(texts(assign));
                case "__annotations__", "__forward_hooks__", "__forward_pre_hooks__" -> {}
                default -> constants.put(name.name(), assign.value());
            }
        }

        private static List<String> texts(Statement.Assign assign) {
            List<String> texts = new ArrayList<>();
            if (assign.value() instanceof ListLiteral list) {
                for (Expression item : list.items()) {
                    if (item instanceof TextLiteral text) {
                        texts.add(text.value());
                    }
                }
            }
            return texts;
        }
    }
}
