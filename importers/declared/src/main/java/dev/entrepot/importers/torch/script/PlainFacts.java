package dev.entrepot.importers.torch.script;

import static java.util.Map.entry;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.ListValue;
import dev.entrepot.importers.torch.aten.ScalarTypes;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.script.ScriptValue.EnumValue;
import dev.entrepot.importers.torch.script.ScriptValue.Future;
import dev.entrepot.importers.torch.script.ScriptValue.Maybe;
import dev.entrepot.importers.torch.script.ScriptValue.SequenceValue;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What TorchScript asks of tensors without computing with them, and what has no meaning for ONNX. */
final class PlainFacts {

    private static final IValue CPU = new IValue.Device("cpu");

    private PlainFacts() {}

    static Stream<Map.Entry<String, PlainFunction>> table() {
        return Stream.of(
                entry("prim::device", always(CPU)),
                entry("prim::type", PlainFacts::deviceType),
                entry("aten::device", always(CPU)),
                entry("prim::layout", always(IValue.of(0))),
                entry("prim::dtype", of(t -> IValue.of(ScalarTypes.number(t.dataType())))),
                entry("aten::is_floating_point", of(t -> IValue.of(t.dataType().isFloatingPoint()))),
                entry("aten::is_complex", always(IValue.of(false))),
                entry("prim::is_cuda", always(IValue.of(false))),
                entry("prim::is_cpu", always(IValue.of(true))),
                entry("prim::is_nested", always(IValue.of(false))),
                entry("prim::is_sparse", always(IValue.of(false))),
                entry("prim::is_quantized", always(IValue.of(false))),
                entry("prim::is_mkldnn", always(IValue.of(false))),
                entry("prim::is_mps", always(IValue.of(false))),
                entry("prim::is_meta", always(IValue.of(false))),
                entry("prim::requires_grad", always(IValue.of(false))),
                entry("aten::is_grad_enabled", always(IValue.of(false))),
                entry("aten::is_autocast_enabled", always(IValue.of(false))),
                entry("aten::is_autocast_cpu_enabled", always(IValue.of(false))),
                entry("aten::set_grad_enabled", always(IValue.NONE)),
                entry("aten::warn", always(IValue.NONE)),
                entry("prim::Print", always(IValue.NONE)),
                entry("aten::manual_seed", always(IValue.NONE)),
                entry("prim::is_scripting", always(IValue.of(true))),
                entry("aten::is_scripting", always(IValue.of(true))),
                entry("aten::_get_tracing_state", always(IValue.of(false))),
                entry("aten::has_torch_function", always(IValue.of(false))),
                entry("aten::cpu", PlainFacts::same),
                entry("aten::cuda", PlainFacts::same),
                entry(
                        "aten::wait",
                        call -> call.get(0) instanceof Future future
                                ? Optional.of(future.value())
                                : Optional.of(call.get(0))),
                entry("prim::data", PlainFacts::same),
                entry("prim::unchecked_cast", PlainFacts::unwrapped),
                entry("prim::unchecked_unwrap_optional", PlainFacts::unwrapped),
                entry("aten::_unwrap_optional", PlainFacts::unwrapped),
                entry("prim::NumToTensor", PlainFacts::toTensor),
                entry("aten::dim", PlainFacts::dim),
                entry("aten::numel", PlainFacts::elementCount),
                entry("prim::EnumName", call -> Optional.of(IValue.of(((EnumValue) call.get(0)).name()))),
                entry("prim::EnumValue", call -> Optional.of(((EnumValue) call.get(0)).value())),
                entry(
                        "prim::TupleIndex",
                        call -> Optional.of(call.items(0)
                                .get(Math.floorMod(
                                        (int) call.integer(1), call.items(0).size())))),
                entry("prim::rangelist", PlainFacts::rangeList),
                entry("aten::cat", call -> joined(call, false)),
                entry("aten::stack", call -> joined(call, true)));
    }

    private static PlainFunction always(IValue answer) {
        return call -> Optional.of(answer);
    }

    private static PlainFunction of(Function<TensorRef, IValue> answer) {
        return call -> call.get(0) instanceof TensorRef tensor ? Optional.of(answer.apply(tensor)) : Optional.empty();
    }

    private static Optional<IValue> same(PlainCall call) {
        return Optional.of(call.get(0));
    }

    private static Optional<IValue> deviceType(PlainCall call) {
        return call.get(0) instanceof IValue.Device device
                ? Optional.of(IValue.of(device.name().split(":")[0]))
                : Optional.empty();
    }

    private static Optional<IValue> unwrapped(PlainCall call) {
        return Optional.of(call.get(0) instanceof Maybe maybe ? maybe.value() : call.get(0));
    }

    /** A whole number stays one: traced code turns sizes into tensors and back without end. */
    private static Optional<IValue> toTensor(PlainCall call) {
        return Optional.of(
                call.get(0) instanceof IValue.Int
                        ? call.get(0)
                        : call.graph().tensor(call.graph().toValue(call.get(0))));
    }

    private static Optional<IValue> dim(PlainCall call) {
        return call.get(0) instanceof TensorRef tensor && tensor.shape().ranked()
                ? Optional.of(IValue.of(tensor.shape().rank()))
                : Optional.empty();
    }

    private static Optional<IValue> elementCount(PlainCall call) {
        if (!(call.get(0) instanceof TensorRef tensor) || !tensor.shape().ranked()) {
            return Optional.empty();
        }
        SizeExpr count = SizeExpr.ONE;
        for (int axis = 0; axis < tensor.shape().rank(); axis++) {
            count = count.times(call.graph().sizeOf(tensor.value(), axis));
        }
        return Optional.of(IValue.of(count));
    }

    private static Optional<IValue> rangeList(PlainCall call) {
        ListValue list = IValue.list(List.of());
        for (long i = 0; i < call.integer(0); i++) {
            list.items().add(IValue.of(i));
        }
        return Optional.of(list);
    }

    /** A list whose length is open is one tensor by an operator of its own. */
    private static Optional<IValue> joined(PlainCall call, boolean stacked) {
        if (!(call.get(0) instanceof SequenceValue list)) {
            return Optional.empty();
        }
        long axis = call.isNone(1) ? 0 : call.integer(1);
        Value value = call.graph()
                .builder()
                .add(
                        "ConcatFromSequence",
                        Attributes.of("axis", axis).with("new_axis", stacked ? 1 : 0),
                        list.sequence());
        return Optional.of(call.graph().tensor(value));
    }
}
