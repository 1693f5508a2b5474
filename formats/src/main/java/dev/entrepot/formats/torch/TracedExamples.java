package dev.entrepot.formats.torch;

import dev.entrepot.formats.pickle.PickleValue;
import dev.entrepot.formats.pickle.PickleValue.Call;
import dev.entrepot.formats.pickle.PickleValue.Global;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The types of the tensors that a model was traced with. Their elements may be missing from the archive, so no tensors are made of them.
 *
 * <p>Source: torch/csrc/jit/serialization/export_module.cpp, ScriptModuleSerializer, traced_inputs.pkl.
 */
final class TracedExamples {

    private TracedExamples() {}

    /** {@code float32[1, 3, 224, 224], int64[5]} for forward; empty unless the example is tensors only. */
    static Optional<String> describe(PickleValue inputs) {
        return forward(untagged(inputs)).flatMap(TracedExamples::tensors);
    }

    private static PickleValue untagged(PickleValue value) {
        boolean tagged = value instanceof Call call
                && call.callable() instanceof Global global
                && global.name().equals("restore_type_tag")
                && call.arguments() instanceof PickleValue.TupleValue arguments
                && !arguments.items().isEmpty();
        return tagged
                ? ((PickleValue.TupleValue) ((Call) value).arguments()).items().get(0)
                : value;
    }

    private static Optional<PickleValue> forward(PickleValue inputs) {
        if (!(inputs instanceof PickleValue.DictValue dict)) {
            return Optional.empty();
        }
        return dict.entries().stream()
                .filter(entry -> entry.getKey() instanceof PickleValue.Text name
                        && name.value().equals("forward"))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<String> tensors(PickleValue example) {
        PickleValue items = untagged(example);
        List<PickleValue> values = items instanceof PickleValue.ListValue list
                ? list.items()
                : items instanceof PickleValue.TupleValue tuple ? tuple.items() : List.of();
        List<String> types = new ArrayList<>();
        for (PickleValue value : values) {
            Optional<String> type = type(value);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            types.add(type.get());
        }
        return types.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", types));
    }

    /** The type of {@code _rebuild_tensor_v2(storage, offset, size, stride, ...)}. */
    private static Optional<String> type(PickleValue value) {
        boolean tensor = value instanceof Call call
                && call.callable() instanceof Global global
                && global.name().equals("_rebuild_tensor_v2")
                && call.arguments() instanceof PickleValue.TupleValue arguments
                && arguments.items().size() > 2
                && arguments.items().get(0) instanceof PickleValue.PersistentId
                && arguments.items().get(2) instanceof PickleValue.TupleValue;
        if (!tensor) {
            return Optional.empty();
        }
        List<PickleValue> arguments = ((PickleValue.TupleValue) ((Call) value).arguments()).items();
        List<PickleValue> sizes = ((PickleValue.TupleValue) arguments.get(2)).items();
        boolean plain = sizes.stream()
                .allMatch(size -> size instanceof PickleValue.Int number
                        && number.value().signum() >= 0
                        && number.value().bitLength() < Long.SIZE);
        return plain
                ? dtype((PickleValue.PersistentId) arguments.get(0))
                        .map(dtype -> dtype
                                + sizes.stream()
                                        .map(size ->
                                                ((PickleValue.Int) size).value().toString())
                                        .collect(Collectors.joining(", ", "[", "]")))
                : Optional.empty();
    }

    private static Optional<String> dtype(PickleValue.PersistentId id) {
        return id.id() instanceof PickleValue.TupleValue parts
                        && parts.items().size() > 1
                        && parts.items().get(1) instanceof Global global
                ? AllowedGlobals.storageType(AllowedGlobals.canonical(global)).map(TorchDtype::torchName)
                : Optional.empty();
    }
}
