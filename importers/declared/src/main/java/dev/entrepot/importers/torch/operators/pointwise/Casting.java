package dev.entrepot.importers.torch.operators.pointwise;

import static dev.entrepot.importers.torch.operators.entries.Entries.inOrderIfContiguous;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.own;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;
import static dev.entrepot.importers.torch.operators.entries.Entries.refuse;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.Promotion;
import dev.entrepot.importers.torch.aten.ScalarTypes;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.operators.entries.Entries;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;
import java.util.Map;

/** Element types, devices and copies. */
public final class Casting {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            cast("aten::_cast_Byte", DataType.UINT8),
            cast("aten::_cast_Char", DataType.INT8),
            cast("aten::_cast_Double", DataType.DOUBLE),
            cast("aten::_cast_Float", DataType.FLOAT),
            cast("aten::_cast_Half", DataType.FLOAT16),
            cast("aten::_cast_Int", DataType.INT32),
            cast("aten::_cast_Long", DataType.INT64),
            cast("aten::_cast_Short", DataType.INT16),
            one("aten::_to_copy", Casting::toCopy),
            plain("aten::_to_cpu", call -> call.get("tensors")),
            own("aten::alias", Entries::same),
            one("aten::alias_copy", call -> call.value("self")),
            plain("aten::can_cast", Casting::canCast),
            one("aten::clone", call -> call.value("self")),
            inOrderIfContiguous("aten::contiguous", call -> call.value("self"), (call, output, changed) -> changed),
            own("aten::cpu", Entries::same),
            own("aten::cuda", Entries::same),
            own("aten::detach", Entries::same),
            own("aten::detach_", Entries::same),
            one("aten::detach_copy", call -> call.value("self")),
            plain(
                    "aten::is_complex",
                    call -> IValue.of(isComplex(call.value("self").dataType()))),
            plain(
                    "aten::is_floating_point",
                    call -> IValue.of(call.value("self").dataType().isFloatingPoint())),
            plain(
                    "aten::is_signed",
                    call -> IValue.of(isSigned(call.value("self").dataType()))),
            own("aten::lift", Entries::same),
            own("aten::lift_fresh", Entries::same),
            one("aten::lift_fresh_copy", call -> call.value("self")),
            plain("aten::promote_types", Casting::promoteTypes),
            own("aten::requires_grad_", Entries::same),
            refuse("aten::resize", "memory that is made larger or smaller has no form in ONNX"),
            refuse("aten::resize_as", "memory that is made larger or smaller has no form in ONNX"),
            own("aten::resolve_conj", Entries::same),
            own("aten::resolve_neg", Entries::same),
            plain("aten::result_type", Casting::resultType),
            refuse("aten::set", "a tensor that gets other memory has no form in ONNX"),
            own("aten::to", Casting::to),
            refuse("aten::to_dense", "a sparse tensor has no form in ONNX"),
            own("aten::to_mkldnn", Entries::same),
            refuse("aten::to_sparse", "a sparse tensor has no form in ONNX"),
            own("aten::type_as", Casting::to),
            one("prims::clone", call -> call.value("self")),
            one(
                    "prims::convert_element_type",
                    call -> call.cast(call.value("a"), call.dtype("dtype").orElseThrow())),
            own("prims::device_put", Entries::same),
            own("prims::view_of", Entries::same));
    // spotless:on

    private Casting() {}

    private static Map.Entry<String, Support> cast(String name, DataType type) {
        return own(name, call -> converted(call, type));
    }

    /** The tensor itself where nothing changes, else a new one. Source: aten/src/ATen/native/TensorConversions.cpp, to_will_alias. */
    private static IValue to(AtenCall call) {
        DataType type = call.has("other") && call.get("other") instanceof TensorRef other
                ? other.dataType()
                : call.dtype("dtype").orElse(call.value("self").dataType());
        return call.bool("copy") ? call.tensor(call.cast(call.value("self"), type)) : converted(call, type);
    }

    private static IValue converted(AtenCall call, DataType type) {
        Value self = call.value("self");
        return self.dataType() == type ? Entries.same(call) : call.tensor(call.cast(self, type));
    }

    private static Value toCopy(AtenCall call) {
        Value self = call.value("self");
        return call.cast(self, call.dtype("dtype").orElse(self.dataType()));
    }

    private static boolean isComplex(DataType type) {
        return type == DataType.COMPLEX64 || type == DataType.COMPLEX128;
    }

    private static boolean isSigned(DataType type) {
        return switch (type) {
            case UINT8, UINT16, UINT32, UINT64, BOOL -> false;
            default -> true;
        };
    }

    private static IValue promoteTypes(AtenCall call) {
        return number(Promotion.common(
                call.dtype("type1").orElseThrow(), call.dtype("type2").orElseThrow()));
    }

    private static IValue resultType(AtenCall call) {
        return number(Promotion.of(List.copyOf(call.arguments().values())));
    }

    /** Source: c10/core/ScalarType.h, canCast. */
    private static IValue canCast(AtenCall call) {
        DataType from = call.dtype("from_").orElseThrow();
        DataType to = call.dtype("to").orElseThrow();
        boolean complex = isComplex(from) && !isComplex(to);
        boolean fraction = from.isFloatingPoint() && !to.isFloatingPoint() && !isComplex(to);
        boolean bool = from != DataType.BOOL && to == DataType.BOOL;
        return IValue.of(!complex && !fraction && !bool);
    }

    private static IValue number(DataType type) {
        return IValue.of(ScalarTypes.number(type));
    }
}
