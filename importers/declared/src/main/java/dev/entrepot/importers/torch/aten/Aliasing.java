package dev.entrepot.importers.torch.aten;

import dev.entrepot.importers.torch.schema.AliasInfo;
import dev.entrepot.importers.torch.schema.Argument;
import dev.entrepot.importers.torch.schema.FunctionSchema;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lowers a call and keeps account of which tensors share memory: an operator whose name ends with an underscore assigns its tensor what
 * the operator without one computes, and a result that its schema marks as a view follows its base.
 */
final class Aliasing {

    private final TorchGraph graph;
    private final AtenCall call;
    private final Support.Lowered lowered;

    private Aliasing(TorchGraph graph, AtenCall call, Support.Lowered lowered) {
        this.graph = graph;
        this.call = call;
        this.lowered = lowered;
    }

    static IValue dispatch(TorchGraph graph, OperatorTable table, AtenCall call) {
        FunctionSchema schema = call.schema();
        boolean complex = call.isComplex();
        String prefix = complex ? OperatorTable.COMPLEX : "";
        Optional<Support> exact = find(table, prefix + schema.name(), schema.overload());
        if (exact.isPresent()) {
            return new Aliasing(graph, call, lowered(graph, schema, exact.get())).withViews();
        }
        if (isInPlace(schema)) {
            String functional = schema.name().substring(0, schema.name().length() - 1);
            Optional<Support> support = find(table, prefix + functional, schema.overload());
            if (support.isPresent()) {
                return new Aliasing(graph, call, lowered(graph, schema, support.get())).inPlace();
            }
        }
        throw graph.unsupported(
                schema.name(), complex ? "is not known here for complex numbers" : "this operator is not known here");
    }

    /** Whether the table says something of this overload, or of the operator that it is the in-place form of. */
    static boolean isKnown(OperatorTable table, FunctionSchema schema) {
        String functional = schema.name().substring(0, schema.name().length() - 1);
        return find(table, schema.name(), schema.overload()).isPresent()
                || find(table, OperatorTable.COMPLEX + schema.name(), schema.overload())
                        .isPresent()
                || isInPlace(schema)
                        && find(table, functional, schema.overload()).isPresent();
    }

    private static Optional<Support> find(OperatorTable table, String name, String overload) {
        return table.find(name + "." + overload).or(() -> table.find(name));
    }

    private static Support.Lowered lowered(TorchGraph graph, FunctionSchema schema, Support support) {
        if (support instanceof Support.Lowered known) {
            return known;
        }
        throw graph.unsupported(schema.name(), ((Support.Refused) support).reason());
    }

    private static boolean isInPlace(FunctionSchema schema) {
        return schema.name().endsWith("_")
                && !schema.name().endsWith("__")
                && !schema.arguments().isEmpty()
                && schema.arguments().get(0).isWritten();
    }

    private IValue inPlace() {
        String target = call.schema().arguments().get(0).name();
        if (!(call.get(target) instanceof TensorRef tensor)) {
            throw graph.malformed(
                    call.schema().name(), "changes a " + call.get(target).sort() + ", expected a Tensor");
        }
        Value result = graph.toValue(lowered.lowering().lower(call));
        if (lowered.writeBack().isPresent()) {
            tensor.reshape(result, link(tensor, target, 0));
        } else {
            tensor.assign(graph.cast(result, tensor.dataType()));
        }
        return tensor;
    }

    private IValue withViews() {
        IValue result = lowered.lowering().lower(call);
        Optional<Argument> base =
                call.schema().arguments().stream().filter(this::isShown).findFirst();
        if (base.isEmpty() || !(call.get(base.get().name()) instanceof TensorRef tensor) || !isShared(tensor)) {
            return result;
        }
        if (result instanceof TensorRef made) {
            return view(tensor, base.get().name(), made, 0);
        }
        if (result instanceof IValue.ListValue list) {
            return IValue.list(views(tensor, base.get().name(), list.items()));
        }
        return result instanceof IValue.TupleValue tuple
                ? IValue.tuple(views(tensor, base.get().name(), tuple.items()))
                : result;
    }

    private boolean isShared(TensorRef base) {
        return switch (lowered.sharing()) {
            case AS_DECLARED, IN_ORDER -> true;
            case IN_ORDER_IF_CONTIGUOUS -> base.isContiguous();
            case AS_RETURNED -> false;
        };
    }

    /** Whether a result shows this argument's memory. */
    private boolean isShown(Argument argument) {
        Optional<AliasInfo> alias = argument.alias();
        return alias.isPresent()
                && !alias.get().write()
                && call.schema().returns().stream()
                        .anyMatch(result -> result.alias().isPresent()
                                && result.alias().get().shares(alias.get()));
    }

    private List<IValue> views(TensorRef base, String argument, List<IValue> results) {
        List<IValue> views = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            views.add(results.get(i) instanceof TensorRef made ? view(base, argument, made, i) : results.get(i));
        }
        return views;
    }

    private TensorRef view(TensorRef base, String argument, TensorRef made, int output) {
        if (made.value().equals(base.value())) {
            return new TensorRef(
                    graph,
                    made.value(),
                    new TensorRef.View(base, value -> value, (before, changed) -> changed, base.isContiguous()));
        }
        return new TensorRef(graph, made.value(), link(base, argument, output));
    }

    private TensorRef.View link(TensorRef base, String argument, int output) {
        return new TensorRef.View(
                base,
                value -> replay(call.with(argument, graph.tensor(value)), output),
                (before, changed) -> writeBack(call.with(argument, graph.tensor(before)), output, changed),
                base.isContiguous() && staysContiguous(base));
    }

    /** All elements in the same order do, and so does a part along the first axis that has more than one. */
    private boolean staysContiguous(TensorRef base) {
        if (lowered.sharing() != Support.Sharing.AS_DECLARED) {
            return true;
        }
        boolean part = call.has("dim") && (!call.has("step") || call.integer("step") == 1);
        return part
                && base.shape().dims().subList(0, call.axis(base.value(), call.integer("dim"))).stream()
                        .allMatch(AtenCall::isOne);
    }

    private Value replay(AtenCall again, int output) {
        IValue result = lowered.lowering().lower(again);
        if (result instanceof IValue.ListValue list) {
            return graph.toValue(list.items().get(output));
        }
        return graph.toValue(
                result instanceof IValue.TupleValue tuple ? tuple.items().get(output) : result);
    }

    private Value writeBack(AtenCall again, int output, Value changed) {
        return lowered.writeBack()
                .orElseThrow(() -> graph.unsupported(
                        call.schema().name(),
                        "its result is changed in place, which cannot be followed back to its input"))
                .write(again, output, changed);
    }
}
