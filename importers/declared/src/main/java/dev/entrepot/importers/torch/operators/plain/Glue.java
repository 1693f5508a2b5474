package dev.entrepot.importers.torch.operators.plain;

import static dev.entrepot.importers.torch.operators.entries.Entries.one;
import static dev.entrepot.importers.torch.operators.entries.Entries.own;
import static dev.entrepot.importers.torch.operators.entries.Entries.plain;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.ScalarTypes;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.operators.creation.Ranges;
import dev.entrepot.importers.torch.operators.entries.Entries;
import dev.entrepot.importers.torch.operators.shapes.Stretching;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What programs ask of their tensors and of PyTorch itself, beside computing. */
public final class Glue {

    private static final IValue.Device CPU = new IValue.Device("cpu");

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            plain(
                    "aten::__derive_index",
                    call -> IValue.of(call.size("start").plus(call.size("index").times(call.size("step"))))),
            plain("aten::__range_length", Glue::rangeLength),
            plain("aten::_assert_async", call -> IValue.NONE),
            plain("aten::_assert_scalar", call -> IValue.NONE),
            plain("aten::_assert_tensor_metadata", call -> IValue.NONE),
            plain("aten::_print", call -> IValue.NONE),
            plain("aten::_unwrap_optional", Entries::same),
            plain("aten::_version", call -> IValue.of(0)),
            own("aten::_autocast_to_full_precision", Entries::same),
            own("aten::_autocast_to_reduced_precision", Entries::same),
            own("aten::_conj", Entries::same),
            one(
                    "aten::_dim_arange",
                    call -> Ranges.upTo(
                            call, call.size(call.value("like"), call.axis(call.value("like"), call.integer("dim"))))),
            plain("aten::_get_tracing_state", call -> IValue.of(false)),
            plain(
                    "aten::_infer_size",
                    call -> IValue.list(Stretching.broadcast(call, call.sizes("a"), call.sizes("b")).stream()
                            .map(IValue::of)
                            .toList())),
            one("aten::_pin_memory", call -> call.value("self")),
            one("aten::_reshape_from_tensor", Glue::reshapeFromTensor),
            one("aten::_shape_as_tensor", call -> call.vector(call.sizes(call.value("self")))),
            plain("aten::device", call -> new IValue.Device(call.has("a") ? call.text("a") : call.text("type"))),
            plain("aten::dim", Glue::dim),
            plain("aten::get_device", call -> IValue.of(-1)),
            plain("aten::has_torch_function", call -> IValue.of(false)),
            plain("aten::is_autocast_cpu_enabled", call -> IValue.of(false)),
            plain("aten::is_autocast_enabled", call -> IValue.of(false)),
            plain("aten::is_coalesced", call -> IValue.of(false)),
            plain("aten::is_conj", call -> IValue.of(false)),
            plain("aten::is_contiguous", Glue::isContiguous),
            plain("aten::is_grad_enabled", call -> IValue.of(false)),
            plain("aten::is_inference", call -> IValue.of(true)),
            plain("aten::is_leaf", call -> IValue.of(true)),
            plain("aten::is_neg", call -> IValue.of(false)),
            plain("aten::is_pinned", call -> IValue.of(false)),
            plain("aten::is_nonzero", call -> call.graph().call("aten::Bool", call.get("self"))),
            plain("aten::is_same_size", Glue::isSameSize),
            plain("aten::is_scripting", call -> IValue.of(true)),
            plain("aten::len.Tensor", Glue::length),
            plain("aten::manual_seed", call -> IValue.NONE),
            plain("aten::numel", call -> IValue.of(SizeExpr.product(call.sizes(call.value("self"))))),
            plain("aten::output_nr", call -> IValue.of(0)),
            own("aten::pin_memory", Entries::same),
            plain("aten::retains_grad", call -> IValue.of(false)),
            plain("aten::set_grad_enabled", call -> IValue.NONE),
            plain("aten::size", Glue::size),
            plain("aten::storage_offset", call -> IValue.of(0)),
            plain("aten::stride", Glue::stride),
            plain("aten::sym_constrain_range", call -> IValue.NONE),
            plain("aten::sym_constrain_range_for_size", call -> IValue.NONE),
            plain("aten::sym_is_contiguous", Glue::isContiguous),
            plain("aten::sym_numel", call -> IValue.of(SizeExpr.product(call.sizes(call.value("self"))))),
            plain("aten::sym_size", Glue::size),
            plain("aten::sym_storage_offset", call -> IValue.of(0)),
            plain("aten::sym_stride", Glue::stride),
            plain("aten::warn", call -> IValue.NONE),
            plain("prim::NumToTensor", Glue::toTensor),
            plain("prim::Print", call -> IValue.NONE),
            plain("prim::TupleIndex", call -> Lists.item(call, "tup", "i")),
            own("prim::data", Entries::same),
            plain("prim::device", call -> CPU),
            plain(
                    "prim::dtype",
                    call -> IValue.of(ScalarTypes.number(call.value("a").dataType()))),
            plain("prim::grad", call -> IValue.NONE),
            plain("prim::index", call -> IValue.NONE),
            plain("prim::is_cpu", call -> IValue.of(true)),
            plain("prim::is_cuda", call -> IValue.of(false)),
            plain("prim::is_ipu", call -> IValue.of(false)),
            plain("prim::is_maia", call -> IValue.of(false)),
            plain("prim::is_meta", call -> IValue.of(false)),
            plain("prim::is_mkldnn", call -> IValue.of(false)),
            plain("prim::is_mps", call -> IValue.of(false)),
            plain("prim::is_mtia", call -> IValue.of(false)),
            plain("prim::is_nested", call -> IValue.of(false)),
            plain("prim::is_quantized", call -> IValue.of(false)),
            plain("prim::is_sparse", call -> IValue.of(false)),
            plain("prim::is_sparse_csr", call -> IValue.of(false)),
            plain("prim::is_vulkan", call -> IValue.of(false)),
            plain("prim::is_xla", call -> IValue.of(false)),
            plain("prim::is_xpu", call -> IValue.of(false)),
            plain("prim::itemsize", call -> IValue.of(call.value("a").dataType().bits() / 8)),
            plain("prim::layout", call -> IValue.of(0)),
            plain("prim::name", call -> IValue.NONE),
            plain(
                    "prim::nbytes",
                    call -> IValue.of(SizeExpr.product(call.sizes(call.value("a")))
                            .times(SizeExpr.of(call.value("a").dataType().bits() / 8)))),
            plain("prim::requires_grad", call -> IValue.of(false)),
            plain("prim::tolist", Glue::tolist),
            plain(
                    "prim::type",
                    call -> IValue.of(
                            call.get("self") instanceof IValue.Device device
                                    ? device.name().split(":")[0]
                                    : "cpu")),
            plain("prim::unchecked_cast", Entries::same),
            plain("prim::unchecked_unwrap_optional", Entries::same));
    // spotless:on

    private Glue() {}

    private static IValue dim(AtenCall call) {
        return IValue.of(call.rank(call.value("self")));
    }

    private static IValue length(AtenCall call) {
        Value tensor = call.value("t");
        if (call.rank(tensor) == 0) {
            throw call.malformed("a tensor without axes has no length");
        }
        return IValue.of(call.size(tensor, 0));
    }

    private static IValue size(AtenCall call) {
        Value self = call.value("self");
        if (call.has("dim")) {
            return IValue.of(call.size(self, call.axis(self, call.integer("dim"))));
        }
        return IValue.list(call.sizes(self).stream().map(IValue::of).toList());
    }

    /** The strides of a tensor whose elements lie one after the other. */
    private static IValue stride(AtenCall call) {
        Value self = call.value("self");
        List<SizeExpr> sizes = call.sizes(self);
        List<IValue> strides = new ArrayList<>();
        for (int axis = 0; axis < sizes.size(); axis++) {
            strides.add(IValue.of(SizeExpr.product(sizes.subList(axis + 1, sizes.size()))));
        }
        return call.has("dim") ? strides.get(call.axis(self, call.integer("dim"))) : IValue.list(strides);
    }

    private static IValue isContiguous(AtenCall call) {
        return IValue.of(!(call.get("self") instanceof TensorRef tensor) || tensor.isContiguous());
    }

    private static IValue isSameSize(AtenCall call) {
        return IValue.of(call.sizes(call.value("self")).equals(call.sizes(call.value("other"))));
    }

    private static IValue rangeLength(AtenCall call) {
        SizeExpr step = call.size("step");
        if (step.is(0)) {
            throw call.malformed("a range has step 0");
        }
        SizeExpr span = call.size("hi").minus(call.size("lo"));
        boolean down = step.sign().orElse(1) < 0;
        SizeExpr by = down ? step.negated() : step;
        SizeExpr rounds = (down ? span.negated() : span).plus(by).minus(SizeExpr.ONE);
        return IValue.of(rounds.floorDividedBy(by).max(SizeExpr.ZERO));
    }

    /** A whole number stays one: traced code turns sizes into tensors and back without end. */
    private static IValue toTensor(AtenCall call) {
        return call.get("a") instanceof IValue.Int number ? number : call.tensor(call.value("a"));
    }

    private static Value reshapeFromTensor(AtenCall call) {
        Value shape = call.value("shape", DataType.INT64);
        List<SizeExpr> sizes = new ArrayList<>();
        for (long i = 0; i < call.knownSize(shape, 0); i++) {
            Value size = call.add("Gather", shape, call.scalar(i, DataType.INT64));
            sizes.add(call.graph().toSize(call.graph().item(size)));
        }
        return call.reshape(call.value("self"), sizes);
    }

    /** A tensor as lists of its numbers, down to one number for a tensor without axes. */
    private static IValue tolist(AtenCall call) {
        IValue self = call.items(AtenCall.REST).get(0);
        return self instanceof TensorRef tensor ? listed(call, tensor.value()) : self;
    }

    private static IValue listed(AtenCall call, Value value) {
        if (call.rank(value) == 0) {
            return call.graph().item(value);
        }
        List<IValue> items = new ArrayList<>();
        long count = call.knownSize(value, 0);
        if (count > Lists.MOST_ITEMS) {
            throw call.unsupported("makes a list of " + count + " items, the limit is " + Lists.MOST_ITEMS);
        }
        for (long i = 0; i < count; i++) {
            items.add(listed(call, call.add("Gather", value, call.graph().scalar(SizeExpr.of(i)))));
        }
        return IValue.list(items);
    }
}
