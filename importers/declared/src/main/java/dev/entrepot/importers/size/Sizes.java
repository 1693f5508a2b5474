package dev.entrepot.importers.size;

import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.graph.ValueType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Symbolic sizes: which expression a dimension stands for, and which nodes compute an expression. */
public final class Sizes {

    private final SizeScope scopes;
    private final Map<String, SizeExpr> symbols = new HashMap<>();

    /** No sizes yet; the nodes that compute them go into this scope. */
    public Sizes(SizeScope scopes) {
        this.scopes = scopes;
    }

    /** Makes the symbols of an input's shape known. */
    public void declare(Value input) {
        List<Dim> dims = input.shape().dims();
        for (int axis = 0; axis < dims.size(); axis++) {
            if (dims.get(axis) instanceof Dim.Symbol symbol) {
                symbols.putIfAbsent(symbol.name(), SizeExpr.of(new Atom.Axis(symbol.name(), 1, input, axis)));
            }
        }
    }

    /** Raises the least value of a symbol. */
    public void least(String symbol, long least) {
        symbols.computeIfPresent(
                symbol,
                (name, known) -> known.atom()
                        .filter(Atom.Axis.class::isInstance)
                        .map(Atom.Axis.class::cast)
                        .map(axis -> SizeExpr.of(new Atom.Axis(axis.name(), least, axis.tensor(), axis.axis())))
                        .orElse(known));
    }

    /**
     * What a symbol stands for.
     *
     * @throws IllegalArgumentException if it stands for no size of an input
     */
    public SizeExpr expression(Dim.Symbol symbol) {
        SizeExpr known = symbols.get(symbol.name());
        if (known == null) {
            throw new IllegalArgumentException("the symbol " + symbol + " stands for no size of an input");
        }
        return known;
    }

    /** A size of a tensor; a negative axis counts from the last. */
    public SizeExpr of(Value value, int axis) {
        Dim dim = value.shape().dim(axis);
        if (dim.isKnown()) {
            return SizeExpr.of(dim.size());
        }
        int fromFront = axis < 0 ? axis + value.shape().rank() : axis;
        if (dim instanceof Dim.Symbol symbol) {
            return symbols.computeIfAbsent(
                    symbol.name(), name -> SizeExpr.of(new Atom.Axis(name, 0, value, fromFront)));
        }
        return SizeExpr.of(new Atom.Axis(value.name() + "." + fromFront, 0, value, fromFront));
    }

    /** The value with what is known of its sizes. */
    public Value sized(Value value, List<SizeExpr> known) {
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < known.size(); axis++) {
            Dim dim = toDim(known.get(axis));
            boolean better = !value.shape().ranked() || value.shape().dim(axis) == Dim.UNKNOWN || dim.isKnown();
            dims.add(better ? dim : value.shape().dim(axis));
        }
        return value.withType(ValueType.tensor(value.dataType(), Shape.of(dims)));
    }

    /** A dimension whose symbol stands for this from now on. */
    public Dim toDim(SizeExpr size) {
        Dim dim = size.toDim();
        if (dim instanceof Dim.Symbol symbol) {
            symbols.putIfAbsent(symbol.name(), size);
        }
        return dim;
    }

    /** An int64 scalar. */
    public Value scalar(SizeExpr size) {
        GraphBuilder graph = scopes.current();
        if (size.isNumber()) {
            return graph.integer("int", size.number().getAsLong());
        }
        if (size.atom().orElse(null) instanceof Atom.Computed computed) {
            return computed.scalar();
        }
        return graph.add("Squeeze", one(size), graph.ints("axes", 0));
    }

    /** An int64 vector. */
    public Value vector(List<SizeExpr> items) {
        GraphBuilder graph = scopes.current();
        if (items.stream().allMatch(SizeExpr::isNumber)) {
            return graph.ints(
                    "ints",
                    items.stream().mapToLong(item -> item.number().getAsLong()).toArray());
        }
        List<Value> parts = items.stream().map(this::one).toList();
        return parts.size() == 1
                ? parts.get(0)
                : graph.add("Concat", 1, Attributes.of("axis", 0), parts).get(0);
    }

    /** An int64 vector of one element. */
    private Value one(SizeExpr size) {
        GraphBuilder graph = scopes.current();
        if (size.isNumber()) {
            return graph.ints("int", size.number().getAsLong());
        }
        return scopes.sizeValue(size).orElseGet(() -> {
            Value made = size.fold(
                    number -> graph.ints("int", number),
                    this::one,
                    (a, b) -> graph.add("Add", a, b),
                    (a, b) -> graph.add("Mul", a, b));
            scopes.sizeValue(size, made);
            if (graph.facts().contents(made).isEmpty()) {
                graph.facts().contents(made.name(), List.of(toDim(size)));
            }
            return made;
        });
    }

    private Value one(Atom atom) {
        return scopes.sizeValue(atom).orElseGet(() -> {
            Value made = make(atom);
            scopes.sizeValue(atom, made);
            return made;
        });
    }

    private Value make(Atom atom) {
        GraphBuilder graph = scopes.current();
        if (atom instanceof Atom.Axis axis) {
            return graph.add("Shape", Attributes.of("start", axis.axis()).with("end", axis.axis() + 1L), axis.tensor());
        }
        return atom instanceof Atom.Computed computed
                ? graph.add("Unsqueeze", computed.scalar(), graph.ints("axes", 0))
                : make((Atom.Combined) atom);
    }

    private Value make(Atom.Combined combined) {
        GraphBuilder graph = scopes.current();
        Value left = one(combined.left());
        Value right = one(combined.right());
        return switch (combined.operation()) {
            case MIN -> graph.add("Min", left, right);
            case MAX -> graph.add("Max", left, right);
            case MODULO -> graph.add("Mod", left, right);
            case FLOOR_DIVIDE -> {
                // ONNX divides towards zero; taking the remainder off first makes it round down.
                boolean positive =
                        combined.left().isNeverNegative() && combined.right().isNeverNegative();
                Value whole = positive ? left : graph.add("Sub", left, graph.add("Mod", left, right));
                yield graph.add("Div", whole, right);
            }
        };
    }

    /** A Reshape whose target says 0 for sizes that stay and -1 for one that follows, so that symbols need no nodes. */
    public Value reshape(Value value, List<SizeExpr> to) {
        GraphBuilder graph = scopes.current();
        if (isAlready(value, to)) {
            return value;
        }
        List<SizeExpr> target = new ArrayList<>();
        int symbolic = 0;
        boolean zero = to.stream().anyMatch(size -> size.is(0));
        for (int axis = 0; axis < to.size(); axis++) {
            boolean stays = !zero
                    && !to.get(axis).isNumber()
                    && value.shape().ranked()
                    && axis < value.shape().rank()
                    && of(value, axis).equals(to.get(axis));
            target.add(stays ? SizeExpr.ZERO : to.get(axis));
            symbolic += target.get(axis).isNumber() ? 0 : 1;
        }
        if (symbolic == 1 && !zero) {
            target.replaceAll(size -> size.isNumber() ? size : SizeExpr.of(-1));
        }
        Attributes attributes = zero ? Attributes.of("allowzero", 1) : Attributes.NONE;
        return sized(graph.add("Reshape", attributes, value, vector(target)), to);
    }

    private boolean isAlready(Value value, List<SizeExpr> to) {
        if (!value.shape().ranked() || value.shape().rank() != to.size()) {
            return false;
        }
        for (int axis = 0; axis < to.size(); axis++) {
            if (!of(value, axis).equals(to.get(axis))) {
                return false;
            }
        }
        return true;
    }
}
