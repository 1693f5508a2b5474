package dev.entrepot.importers.torch.operators.complex;

import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.ComplexParts;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.OperatorTable;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Operators that do with complex numbers what they do with real and imaginary parts, each by itself. */
public final class ComplexShapes {

    /** Linear operators, and those that only move elements. */
    private static final List<String> PART_BY_PART = List.of(
            "_reshape_alias",
            "_unsafe_view",
            "alias",
            "cat",
            "chunk",
            "clone",
            "contiguous",
            "detach",
            "expand",
            "expand_as",
            "flatten",
            "flip",
            "gather",
            "index",
            "index_select",
            "lift_fresh_copy",
            "mean",
            "movedim",
            "narrow",
            "neg",
            "permute",
            "repeat",
            "reshape",
            "resolve_conj",
            "resolve_neg",
            "roll",
            "select",
            "slice",
            "split",
            "split_with_sizes",
            "squeeze",
            "stack",
            "sum",
            "swapaxes",
            "t",
            "transpose",
            "unbind",
            "unflatten",
            "unsqueeze",
            "view",
            "where");

    /** Operators that only ask for sizes. */
    private static final List<String> SIZES = List.of("dim", "len", "numel", "size", "sym_size", "sym_numel");

    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Stream.concat(
                    PART_BY_PART.stream()
                            .map(name -> plain(OperatorTable.COMPLEX + "aten::" + name, ComplexShapes::partByPart)),
                    SIZES.stream()
                            .map(name -> plain(
                                    OperatorTable.COMPLEX + "aten::" + name, call -> again(call, ComplexParts::real))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private ComplexShapes() {}

    private static IValue partByPart(AtenCall call) {
        return joined(call, again(call, ComplexParts::real), again(call, ComplexParts::imaginary));
    }

    /** The same call with one part of each complex argument. */
    private static IValue again(AtenCall call, Function<ComplexParts, Value> part) {
        Map<String, IValue> arguments = new LinkedHashMap<>();
        call.arguments().forEach((name, argument) -> arguments.put(name, part(call, argument, part)));
        return call.graph().callExact(call.schema().qualifiedName(), List.of(), arguments);
    }

    private static IValue part(AtenCall call, IValue argument, Function<ComplexParts, Value> part) {
        if (argument instanceof IValue.ListValue list) {
            return IValue.list(
                    list.items().stream().map(item -> part(call, item, part)).toList());
        }
        boolean complex = argument instanceof TensorRef tensor
                && (tensor.dataType() == DataType.COMPLEX64 || tensor.dataType() == DataType.COMPLEX128);
        return complex ? call.tensor(part.apply(call.graph().parts(((TensorRef) argument).value()))) : argument;
    }

    private static IValue joined(AtenCall call, IValue real, IValue imaginary) {
        if (real instanceof TensorRef a && imaginary instanceof TensorRef b) {
            return call.tensor(call.graph().complex(a.value(), b.value()));
        }
        if (real instanceof IValue.ListValue a && imaginary instanceof IValue.ListValue b) {
            List<IValue> items = new ArrayList<>();
            for (int i = 0; i < a.items().size(); i++) {
                items.add(joined(call, a.items().get(i), b.items().get(i)));
            }
            return IValue.list(items);
        }
        return IValue.BROKEN;
    }
}
