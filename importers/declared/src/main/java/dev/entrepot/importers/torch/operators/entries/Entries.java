package dev.entrepot.importers.torch.operators.entries;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.Support.Lowered;
import dev.entrepot.importers.torch.aten.Support.Refused;
import dev.entrepot.importers.torch.aten.WriteBack;
import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How a family writes its lines of the {@link AtenTable}. */
public final class Entries {

    private Entries() {}

    /** An operator with one result. */
    public static Map.Entry<String, Support> one(String name, Function<AtenCall, Value> lowering) {
        return Map.entry(name, new Lowered(call -> call.tensor(lowering.apply(call)), Optional.empty()));
    }

    /** An operator with several results. */
    public static Map.Entry<String, Support> many(String name, Function<AtenCall, List<Value>> lowering) {
        return Map.entry(name, new Lowered(call -> call.results(lowering.apply(call)), Optional.empty()));
    }

    /** An operator whose result is a view that can be written through. */
    public static Map.Entry<String, Support> aliasing(
            String name, Function<AtenCall, Value> lowering, WriteBack writeBack) {
        return Map.entry(name, new Lowered(call -> call.tensor(lowering.apply(call)), Optional.of(writeBack)));
    }

    /** An operator whose result is a view of all elements in the same order. */
    public static Map.Entry<String, Support> inOrder(
            String name, Function<AtenCall, Value> lowering, WriteBack writeBack) {
        return Map.entry(
                name,
                new Lowered(
                        call -> call.tensor(lowering.apply(call)), Support.Sharing.IN_ORDER, Optional.of(writeBack)));
    }

    /** The same, but a new tensor where the elements of the first one do not lie one after the other. */
    public static Map.Entry<String, Support> inOrderIfContiguous(
            String name, Function<AtenCall, Value> lowering, WriteBack writeBack) {
        return Map.entry(
                name,
                new Lowered(
                        call -> call.tensor(lowering.apply(call)),
                        Support.Sharing.IN_ORDER_IF_CONTIGUOUS,
                        Optional.of(writeBack)));
    }

    /** An operator whose results are views that can be written through. */
    public static Map.Entry<String, Support> aliasings(
            String name, Function<AtenCall, List<Value>> lowering, WriteBack writeBack) {
        return Map.entry(name, new Lowered(call -> call.results(lowering.apply(call)), Optional.of(writeBack)));
    }

    /** An operator that gives a plain value, a list or a dictionary. */
    public static Map.Entry<String, Support> plain(String name, Support.Lowering lowering) {
        return Map.entry(name, new Lowered(lowering, Optional.empty()));
    }

    /** An operator whose lowering answers with the tensor it was given where the result shares its memory, else with a new one. */
    public static Map.Entry<String, Support> own(String name, Support.Lowering lowering) {
        return Map.entry(name, new Lowered(lowering, Support.Sharing.AS_RETURNED, Optional.empty()));
    }

    /** The same lines for several overloads of an operator, whose names are separated by spaces; {@code -} is the one without a name. */
    public static Stream<Map.Entry<String, Support>> overloads(
            String name, String overloads, Support.Lowering lowering) {
        return Stream.of(overloads.split(" "))
                .map(overload -> plain(name + "." + (overload.equals("-") ? "" : overload), lowering));
    }

    /** An operator that is known and refused. */
    public static Map.Entry<String, Support> refuse(String name, String reason) {
        return Map.entry(name, new Refused(reason));
    }

    /** The first argument, unchanged. */
    public static IValue same(AtenCall call) {
        return call.get(call.schema().arguments().get(0).name());
    }
}
