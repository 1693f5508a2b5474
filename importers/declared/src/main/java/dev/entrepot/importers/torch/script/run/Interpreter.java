package dev.entrepot.importers.torch.script.run;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.script.ClassDefinition;
import dev.entrepot.formats.torch.script.CompilationUnit;
import dev.entrepot.formats.torch.script.Expression;
import dev.entrepot.formats.torch.script.FunctionDefinition;
import dev.entrepot.formats.torch.script.FunctionDefinition.Parameter;
import dev.entrepot.formats.torch.script.Statement;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.values.Frame;
import dev.entrepot.importers.torch.script.values.Journal;
import dev.entrepot.importers.torch.script.values.ScriptValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.EnumValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.FunctionValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.NamedTuple;
import dev.entrepot.importers.torch.script.values.ScriptValue.ObjectValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs TorchScript code define-by-run: statements are followed in order, operators go to the {@link TorchGraph}. Conditions and loops
 * that are known are followed at once, others become {@link Conditions} and {@link Loops} of the graph.
 */
public final class Interpreter {

    private static final int DEEPEST = 150;
    private static final long MOST_STATEMENTS = 3_000_000;

    private final TorchGraph graph;
    private final CompilationUnit code;
    private final Map<String, IValue> constants;
    private final Upgrade upgrade;
    private final Journal journal = new Journal();
    private final ScriptOperators own;
    private final Evaluator evaluator = new Evaluator(this);
    private final Conditions conditions = new Conditions(this);
    private final Loops loops = new Loops(this);
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Set<String> dropped = new LinkedHashSet<>();
    private long statements;
    private int dataLoops;

    /**
     * An interpreter of one archive.
     *
     * @param graph the graph that grows
     * @param code the archive's code
     * @param constants what {@code CONSTANTS.cN} stands for, by its last part
     * @param fileFormat the archive's format version
     */
    public Interpreter(TorchGraph graph, CompilationUnit code, Map<String, IValue> constants, long fileFormat) {
        this.graph = graph;
        this.code = code;
        this.constants = constants;
        this.upgrade = new Upgrade(graph, fileFormat);
        this.own = new ScriptOperators(graph, journal);
    }

    TorchGraph graph() {
        return graph;
    }

    CompilationUnit code() {
        return code;
    }

    Journal journal() {
        return journal;
    }

    Deque<Frame> frames() {
        return frames;
    }

    /** The checks of the model's own that are no part of the graph. */
    public List<String> dropped() {
        return new ArrayList<>(dropped);
    }

    void drop(RaisedException raised) {
        dropped.add(raised.where() + ": the check \"" + raised.getMessage()
                + "\" depends on data; it is not part of the ONNX model");
    }

    IValue constant(String name) {
        IValue constant = constants.get(name);
        if (constant == null) {
            throw ModelException.malformed(graph.where(), "CONSTANTS." + name, "is not among the archive's constants");
        }
        return constant;
    }

    IValue value(Expression expression, Frame frame) {
        return evaluator.value(expression, frame);
    }

    // --- calls

    /** Calls an operator. */
    IValue operator(String op, List<IValue> positional, Map<String, IValue> keyword, SourceLocation where) {
        graph.at(where);
        if (op.equals("prim::RaiseException")) {
            throw new RaisedException(
                    where, positional.isEmpty() ? "" : positional.get(0).shown());
        }
        List<IValue> all = new ArrayList<>(positional);
        all.addAll(keyword.values());
        return own.call(op, all).orElseGet(() -> {
            own.noteChange(op, positional);
            return upgrade.call(op, tuples(positional), tuples(keyword));
        });
    }

    /** A condition: known, or a bool scalar of the graph. */
    IValue truth(IValue value, SourceLocation where) {
        graph.at(where);
        IValue truth = value.isBool() ? value : graph.call("aten::Bool", value);
        if (truth instanceof IValue.Broken) {
            graph.throwIfAny();
        }
        return truth;
    }

    private static List<IValue> tuples(List<IValue> values) {
        return values.stream().map(Interpreter::tuple).toList();
    }

    private static Map<String, IValue> tuples(Map<String, IValue> values) {
        Map<String, IValue> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, tuple(value)));
        return plain;
    }

    private static IValue tuple(IValue value) {
        return value instanceof NamedTuple named ? IValue.tuple(named.items()) : value;
    }

    /** Calls a method of a module or object. */
    public IValue callMethod(
            ObjectValue object,
            String name,
            List<IValue> positional,
            Map<String, IValue> keyword,
            SourceLocation where) {
        FunctionDefinition method = code.classNamed(object.className())
                .map(type -> type.methods().get(name))
                .orElseThrow(() -> ModelException.malformed(
                        where, "code", "calls " + name + " of " + object + ", whose class does not define it"));
        List<IValue> all = new ArrayList<>(List.of(object));
        all.addAll(positional);
        String before = graph.layer();
        object.path().ifPresent(graph::layer);
        try {
            return call(new FunctionValue(method, Optional.empty()), all, keyword, where);
        } finally {
            graph.layer(before);
        }
    }

    /** Calls a function of the archive. */
    IValue call(FunctionValue function, List<IValue> positional, Map<String, IValue> keyword, SourceLocation where) {
        if (frames.size() >= DEEPEST) {
            throw ModelException.limitExceeded(where, "code", "nests calls deeper than " + DEEPEST + " (limit depth)");
        }
        Frame frame = new Frame(function.around());
        bind(function.definition(), positional, keyword, frame, where);
        frames.push(frame);
        try {
            IValue result = run(function.definition().body(), frame);
            return result == null ? IValue.NONE : result;
        } finally {
            frames.pop();
        }
    }

    private void bind(
            FunctionDefinition function,
            List<IValue> positional,
            Map<String, IValue> keyword,
            Frame frame,
            SourceLocation where) {
        if (positional.size() > function.parameters().size()) {
            throw ModelException.malformed(
                    where,
                    "code",
                    "calls " + function.name() + " with " + positional.size() + " arguments, it takes "
                            + function.parameters().size());
        }
        for (int i = 0; i < function.parameters().size(); i++) {
            Parameter parameter = function.parameters().get(i);
            if (i < positional.size()) {
                frame.set(parameter.name(), positional.get(i));
            } else if (keyword.containsKey(parameter.name())) {
                frame.set(parameter.name(), keyword.getOrDefault(parameter.name(), IValue.NONE));
            } else {
                Expression absent = parameter
                        .absent()
                        .orElseThrow(() -> ModelException.malformed(
                                where,
                                "code",
                                "calls " + function.name() + " without its argument \"" + parameter.name() + "\""));
                frame.set(parameter.name(), value(absent, new Frame(Optional.empty())));
            }
        }
    }

    /** Makes an object, a named tuple or an enum's member. */
    IValue construct(String qualified, List<IValue> positional, Map<String, IValue> keyword, SourceLocation where) {
        ClassDefinition type = code.classNamed(qualified).orElseThrow();
        if (type.is("NamedTuple")) {
            return namedTuple(qualified, type, positional, keyword, where);
        }
        if (type.is("Enum")) {
            for (Map.Entry<String, Expression> member : type.constants().entrySet()) {
                IValue value = value(member.getValue(), new Frame(Optional.empty()));
                if (positional.equals(List.of(value))) {
                    return new EnumValue(qualified, member.getKey(), value);
                }
            }
            throw ModelException.malformed(
                    where, "code", "class " + qualified + " has no member of value " + positional);
        }
        ObjectValue object = new ObjectValue(qualified, Optional.empty());
        callMethod(object, "__init__", positional, keyword, where);
        return object;
    }

    private static IValue namedTuple(
            String qualified,
            ClassDefinition type,
            List<IValue> positional,
            Map<String, IValue> keyword,
            SourceLocation where) {
        List<String> names = new ArrayList<>(type.attributes().keySet());
        List<IValue> items = new ArrayList<>(positional);
        for (int i = items.size(); i < names.size(); i++) {
            items.add(keyword.getOrDefault(names.get(i), IValue.NONE));
        }
        if (items.size() != names.size()) {
            throw ModelException.malformed(
                    where, "code", "makes a " + qualified + " of " + items.size() + " items, it has " + names.size());
        }
        return new NamedTuple(qualified, names, items);
    }

    // --- statements

    /** Runs statements; the value that they return, or null if they end without returning. */
    @Nullable
    IValue run(List<Statement> body, Frame frame) {
        for (Statement statement : body) {
            @Nullable IValue returned = run(statement, frame);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private @Nullable IValue run(Statement statement, Frame frame) {
        if (++statements > MOST_STATEMENTS) {
            throw ModelException.limitExceeded(
                    statement.where(), "code", "runs more than " + MOST_STATEMENTS + " statements");
        }
        if (statement instanceof Statement.Assign assign) {
            assign(assign.target(), value(assign.value(), frame), frame);
        } else if (statement instanceof Statement.Annotated annotated) {
            annotated.value().ifPresent(value -> assign(annotated.target(), value(value, frame), frame));
        } else if (statement instanceof Statement.Effect effect) {
            value(effect.expression(), frame);
        } else if (statement instanceof Statement.Return result) {
            return result.value().map(value -> value(value, frame)).orElse(IValue.NONE);
        } else if (statement instanceof Statement.If condition) {
            return conditions.run(condition, frame);
        } else if (statement instanceof Statement.For loop) {
            return loops.run(loop, frame);
        } else if (statement instanceof Statement.While loop) {
            return loops.run(loop, frame);
        } else if (statement instanceof Statement.With with) {
            return with(with, frame);
        } else if (statement instanceof Statement.Inner inner) {
            frame.set(inner.function().name(), new FunctionValue(inner.function(), Optional.of(frame)));
        } else if (statement instanceof Statement.Augmented augmented) {
            IValue old = value(augmented.target(), frame);
            IValue other = value(augmented.value(), frame);
            String op = old instanceof TensorRef ? inPlace(augmented.operator()) : augmented.operator();
            assign(augmented.target(), InfixOperators.apply(this, op, old, other, augmented.where()), frame);
        } else if (statement instanceof Statement.Raise raise) {
            throw new RaisedException(raise.where(), "raise");
        } else if (statement instanceof Statement.Assert check) {
            return conditions.run(
                    new Statement.If(
                            check.test(),
                            List.of(),
                            List.of(new Statement.Raise(check.test(), check.where())),
                            check.where()),
                    frame);
        } else if (!(statement instanceof Statement.Pass)) {
            throw ModelException.unsupported(
                    statement.where(), "code", "has a statement that torch.jit.save does not write");
        }
        return null;
    }

    private static String inPlace(String operator) {
        return switch (operator) {
            case "+" -> "aten::add_";
            case "-" -> "aten::sub_";
            case "*" -> "aten::mul_";
            case "/" -> "aten::div_";
            default -> operator;
        };
    }

    void assign(Expression target, IValue value, Frame frame) {
        if (target instanceof Expression.Name name) {
            frame.set(name.name(), value);
        } else if (target instanceof Expression.TupleLiteral tuple) {
            assign(tuple, value, frame);
        } else if (target instanceof Expression.Attribute attribute
                && value(attribute.object(), frame) instanceof ObjectValue object) {
            journal.changing(object);
            object.fields().put(attribute.name(), value);
        } else if (target instanceof Expression.Subscript subscript
                && subscript.indices().size() == 1) {
            IValue container = value(subscript.object(), frame);
            IValue index = value(subscript.indices().get(0), frame);
            operator("aten::_set_item", List.of(container, index, value), Map.of(), target.where());
        } else {
            throw ModelException.unsupported(target.where(), "code", "assigns to something that cannot change");
        }
    }

    private void assign(Expression.TupleLiteral targets, IValue value, Frame frame) {
        if (value instanceof IValue.Broken) {
            targets.items().forEach(target -> assign(target, IValue.BROKEN, frame));
            return;
        }
        List<IValue> items = ScriptValue.itemsOf(value)
                .orElseThrow(() -> ModelException.malformed(
                        targets.where(), "code", "takes a " + value.sort() + " apart, expected a tuple or list"));
        if (items.size() != targets.items().size()) {
            throw ModelException.malformed(
                    targets.where(),
                    "code",
                    "takes " + items.size() + " items apart into "
                            + targets.items().size());
        }
        for (int i = 0; i < items.size(); i++) {
            assign(targets.items().get(i), items.get(i), frame);
        }
    }

    /** Contexts such as no_grad have no meaning here; others may compute something when they are entered and left. */
    private @Nullable IValue with(Statement.With with, Frame frame) {
        IValue context = value(with.context(), frame);
        boolean own =
                context instanceof ObjectValue object && !object.className().contains(".autograd.");
        if (own) {
            IValue entered = callMethod((ObjectValue) context, "__enter__", List.of(), Map.of(), with.where());
            with.name().ifPresent(name -> frame.set(name, entered));
        }
        @Nullable IValue returned = run(with.body(), frame);
        if (own) {
            List<IValue> nothing = List.of(IValue.NONE, IValue.NONE, IValue.NONE);
            callMethod((ObjectValue) context, "__exit__", nothing, Map.of(), with.where());
        }
        return returned;
    }

    /** A number that no loop had yet. */
    int nextLoop() {
        return dataLoops++;
    }
}
