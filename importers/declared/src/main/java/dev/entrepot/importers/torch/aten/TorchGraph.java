package dev.entrepot.importers.torch.aten;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.WalkNotes;
import dev.entrepot.importers.size.SizeArithmeticException;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.size.Sizes;
import dev.entrepot.importers.torch.schema.AtenSchemas;
import dev.entrepot.importers.torch.schema.FunctionSchema;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.onnx.graph.Origin;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.onnx.infer.InvalidNodeException;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A PyTorch program on its way into an ONNX graph. Every front end reads its own files and calls operators here; what they mean is
 * in the {@link OperatorTable}.
 *
 * <p>What cannot be lowered is noted, its result is {@link IValue#BROKEN}, and the walk goes on, so that all of it is reported at once.
 */
public final class TorchGraph {

    private final OperatorTable table;
    private final Scopes scopes;
    private final Sizes sizes;
    private final Numbers numbers;
    private final WalkNotes notes;
    private final Map<String, TensorRef> parameters = new HashMap<>();
    private final ComplexNumbers complexNumbers = new ComplexNumbers();

    /**
     * An empty graph.
     *
     * @param table what operators mean
     * @param name the graph's name
     * @param where the file, for messages
     */
    public TorchGraph(OperatorTable table, String name, SourceLocation where) {
        this.table = table;
        this.notes = new WalkNotes("module", where);
        this.scopes = new Scopes(new GraphBuilder(name));
        this.sizes = new Sizes(scopes);
        this.numbers = new Numbers(scopes, sizes);
    }

    // --- where we are

    /** Where the walk stands and what it found. */
    public WalkNotes notes() {
        return notes;
    }

    /** The place in the source that the calls from now on stand at. */
    public void at(SourceLocation place) {
        notes.at(place);
    }

    /** The place in the source. */
    public SourceLocation where() {
        return notes.where();
    }

    /** The module that the calls from now on belong to, such as {@code layer1.0.conv1}; its name begins the names of their nodes. */
    public void layer(String module) {
        notes.layer(module);
    }

    /** The module that calls belong to now. */
    public String layer() {
        return notes.layer();
    }

    // --- inputs, parameters, outputs

    /** Adds a graph input; the symbols in its shape stand for sizes of 1 and more. */
    public TensorRef input(String name, DataType type, Shape shape) {
        Value value = scopes.root().input(name, type, shape);
        sizes.declare(value);
        return tensor(value);
    }

    /** Keeps a name free for an output or input. */
    public void reserve(String name) {
        scopes.root().reserve(name);
    }

    /** A tensor of the model's files under its own name, such as {@code layer1.0.conv1.weight}; one name is one tensor. */
    public TensorRef parameter(String name, Tensor tensor) {
        return parameters.computeIfAbsent(name, key -> tensor(initializer(key, tensor)));
    }

    private Value initializer(String name, Tensor tensor) {
        GraphBuilder root = scopes.root();
        if (!ComplexNumbers.isComplex(tensor.type())) {
            return root.initializer(name, tensor);
        }
        return complex(
                root.initializer(name + ".real", ComplexNumbers.part(tensor, 0)),
                root.initializer(name + ".imag", ComplexNumbers.part(tensor, 1)));
    }

    /** Makes a value an output under this name. */
    public void output(String name, IValue value) {
        if (value instanceof IValue.Broken) {
            return;
        }
        Value made = toValue(value);
        if (ComplexNumbers.isComplex(made.dataType())) {
            note(unsupported("output \"" + name + "\"", "holds complex numbers; give torch.view_as_real of it"));
            return;
        }
        GraphBuilder root = scopes.root();
        boolean fresh = !root.isInput(made)
                && root.constantOf(made).isEmpty()
                && scopes.outputs().add(made.name());
        root.output(root.rename(fresh ? made : root.add("Identity", made), name));
    }

    /**
     * The graph, when everything is called.
     *
     * @throws ModelException with all that could not be lowered
     */
    public Graph build() {
        notes.throwIfAny();
        return scopes.root().build();
    }

    // --- calls

    /**
     * Calls an operator whose overload is to be found from the arguments, as eager PyTorch and TorchScript do.
     *
     * @param op the name with its namespace, without overload, such as {@code aten::add} or {@code aten::add_}
     */
    public IValue call(String op, List<IValue> positional, Map<String, IValue> keyword) {
        return guarded(op, AtenSchemas.overloads(op), positional, keyword);
    }

    /** Calls an operator whose arguments all stand in order. */
    public IValue call(String op, IValue... positional) {
        return call(op, List.of(positional), Map.of());
    }

    /**
     * Calls one overload of an operator.
     *
     * @param overload the full name, such as {@code aten::add.Tensor}; without a dot the overload that has no name
     */
    public IValue callExact(String overload, List<IValue> positional, Map<String, IValue> keyword) {
        List<FunctionSchema> one = AtenSchemas.exact(overload).map(List::of).orElse(List.of());
        return guarded(overload, one, positional, keyword);
    }

    /** Whether an operator of this name, without overload, is known in PyTorch or here. */
    public boolean knows(String op) {
        return !AtenSchemas.overloads(op).isEmpty();
    }

    private IValue guarded(
            String op, List<FunctionSchema> candidates, List<IValue> positional, Map<String, IValue> keyword) {
        boolean broken =
                Stream.concat(positional.stream(), keyword.values().stream()).anyMatch(TorchGraph::isBroken);
        List<FunctionSchema> fitting = broken ? Overloads.holding(candidates, positional, keyword) : candidates;
        if (broken && fitting.isEmpty()) {
            noteIfUnknown(op, candidates);
            return IValue.BROKEN;
        }
        builder().origin(new Origin(where().file(), layer(), op));
        try {
            if (candidates.isEmpty()) {
                throw unsupported(op, "no operator of this name is known here");
            }
            return dispatch(Overloads.bind(this, op, fitting, positional, keyword));
        } catch (ModelException e) {
            note(op, e);
        } catch (InvalidNodeException | SizeArithmeticException e) {
            notes.note(malformed(op, String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException
                | ArithmeticException
                | ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | NoSuchElementException e) {
            // A lowering that gets a broken value from another operator may fail on it; that one noted why.
            if (!(e instanceof ClassCastException) || notes.isClean()) {
                notes.note(unsupported(
                        op, "Entrepot's own lowering fails on these arguments (" + e + "); please report it"));
            }
        }
        return IValue.BROKEN;
    }

    /** What is wrong here is noted, so that the walk goes on; beyond a limit it ends. */
    private void note(String op, ModelException problem) {
        Problem first = problem.problems().get(0);
        if (first.kind() == Problem.Kind.LIMIT_EXCEEDED) {
            throw notes.limitExceeded(op, first.why());
        }
        notes.note(problem);
    }

    /** What comes after an operator that is not known is told as well, so that everything unknown is told at once. */
    private void noteIfUnknown(String op, List<FunctionSchema> candidates) {
        if (candidates.stream().noneMatch(schema -> Aliasing.isKnown(table, schema))) {
            note(unsupported(op, "this operator is not known here"));
        }
    }

    private static boolean isBroken(IValue value) {
        if (value instanceof IValue.ListValue list) {
            return list.items().stream().anyMatch(TorchGraph::isBroken);
        }
        if (value instanceof IValue.TupleValue tuple) {
            return tuple.items().stream().anyMatch(TorchGraph::isBroken);
        }
        return value instanceof IValue.Broken;
    }

    private IValue dispatch(AtenCall call) {
        IValue result = Aliasing.dispatch(this, table, call);
        Sums.learn(call, result, sizes, builder().facts());
        return result;
    }

    // --- scopes

    /** The graph that nodes go into now: the model's, or a branch's. */
    public GraphBuilder builder() {
        return scopes.current();
    }

    /**
     * Walks a branch or a loop's body into a subgraph. Tensors of the outside that it assigns have their old values again afterwards.
     *
     * @param name the subgraph's name
     * @param body calls operators; may add inputs to {@link #builder}
     */
    public <T> Branch<T> branch(String name, Supplier<T> body) {
        return scopes.branch(name, body);
    }

    /** Adds nodes to a branch that was walked before, whose {@link Branch#builder} has no outputs yet. */
    public <T> T inside(GraphBuilder subgraph, Supplier<T> body) {
        return scopes.inside(subgraph, body);
    }

    long nextSerial() {
        return scopes.nextSerial();
    }

    void journal(TensorRef assigned) {
        scopes.journal(assigned.root());
    }

    void replayed(TensorRef view) {
        scopes.replayed(view);
    }

    // --- values

    /** A new tensor that shares memory with no other. */
    public TensorRef tensor(Value value) {
        return new TensorRef(this, value, null);
    }

    /** Real and imaginary parts of one shape as one value of complex numbers; it has no node of its own. */
    public Value complex(Value real, Value imaginary) {
        return complexNumbers.joined(real, imaginary);
    }

    /** The parts of a value of complex numbers; of real ones these and no imaginary parts. */
    public ComplexParts parts(Value value) {
        return ComplexNumbers.isComplex(value.dataType())
                ? complexNumbers.of(value)
                : new ComplexParts(value, Value.NONE);
    }

    /** What a scalar tensor holds as a plain value: known where its contents are known, else symbolic. */
    public IValue item(Value scalar) {
        return numbers.item(scalar);
    }

    /** A tensor's value, or a number as a scalar of the type PyTorch gives it. */
    public Value toValue(IValue value) {
        return value instanceof TensorRef tensor ? tensor.value() : toValue(value, Promotion.ofNumber(value));
    }

    /** A tensor or number in this element type. */
    public Value toValue(IValue value, DataType type) {
        return value instanceof TensorRef tensor ? cast(tensor.value(), type) : numbers.scalar(value, type, this);
    }

    /** A whole number; a scalar tensor counts as one. */
    public SizeExpr toSize(IValue value) {
        return numbers.size(value, this);
    }

    /** A number, if it is known. */
    public Optional<Double> knownNumber(IValue value) {
        return numbers.known(value);
    }

    /** A size of a tensor. */
    public SizeExpr sizeOf(Value value, int axis) {
        return sizes.of(value, axis);
    }

    /** What a dimension's symbol stands for. */
    public SizeExpr expression(Dim.Symbol symbol) {
        return sizes.expression(symbol);
    }

    /** Makes a symbol of an input's shape known by a better name or a larger least value. */
    public void declareSymbol(String symbol, long least) {
        sizes.least(symbol, least);
    }

    /** A whole number as an int64 scalar. */
    public Value scalar(SizeExpr size) {
        return sizes.scalar(size);
    }

    /** Whole numbers as an int64 vector. */
    public Value vector(List<SizeExpr> items) {
        return sizes.vector(items);
    }

    /** The value in another element type. */
    public Value cast(Value value, DataType type) {
        return numbers.cast(value, type);
    }

    /** The value under these sizes, of as many elements. */
    public Value reshape(Value value, List<SizeExpr> to) {
        return sizes.reshape(value, to);
    }

    /** The value, of which these sizes are known. */
    public Value sized(Value value, List<SizeExpr> known) {
        return sizes.sized(value, known);
    }

    // --- notes

    /** The source contradicts itself in this operator. */
    public ModelException malformed(String what, String why) {
        return notes.malformed(what, why);
    }

    /** The source means something sound that has no form here. */
    public ModelException unsupported(String what, String why) {
        return notes.unsupported(what, why);
    }

    /** Notes what is wrong, to be reported with all else. */
    public void note(ModelException problem) {
        notes.note(problem);
    }

    /** Ends the walk if anything was noted: for a front end that cannot go on with a broken value. */
    public void throwIfAny() {
        notes.throwIfAny();
    }

    /** The nodes of this operator compute something only close to what PyTorch computes. */
    public void approximation(String what, String why) {
        notes.approximation(what, why);
    }

    /** Something its user should know. */
    public void warn(String what, String why) {
        notes.warn(what, why);
    }

    /** What was odd. */
    public List<String> warnings() {
        return notes.warnings();
    }

    /** What is only close. */
    public List<String> approximations() {
        return notes.approximations();
    }
}
