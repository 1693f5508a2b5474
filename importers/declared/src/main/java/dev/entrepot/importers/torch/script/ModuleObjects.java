package dev.entrepot.importers.torch.script;

import dev.entrepot.formats.torch.TorchDtype;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.formats.torch.TorchValue;
import dev.entrepot.formats.torch.TorchValue.Instance;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.aten.IValue.DictValue;
import dev.entrepot.importers.torch.aten.ScalarTypes;
import dev.entrepot.importers.torch.aten.TensorRef;
import dev.entrepot.importers.torch.aten.TorchGraph;
import dev.entrepot.importers.torch.script.values.ScriptValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.ObjectValue;
import dev.entrepot.importers.torch.script.values.ScriptValue.Unreadable;
import dev.entrepot.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The modules and other objects of an archive as values of a program; their tensors are called as in the state_dict. */
final class ModuleObjects {

    private final TorchGraph graph;
    private final States states;
    private final Map<TorchValue, IValue> known = new IdentityHashMap<>();
    private final Map<Object, String> names = new HashMap<>();
    private final Map<String, TensorRef> tensors = new LinkedHashMap<>();
    private final Map<String, Value> initial = new HashMap<>();
    private final Map<ObjectValue, Map<String, IValue>> fields = new IdentityHashMap<>();

    ModuleObjects(TorchGraph graph, States states) {
        this.graph = graph;
        this.states = states;
    }

    /** The tensors that an archive's constants are, by name. */
    Map<String, IValue> constants(Map<String, TorchTensor> constants) {
        Map<String, IValue> values = new HashMap<>();
        constants.forEach((name, tensor) -> values.put(name, tensor("CONSTANTS." + name, tensor)));
        return values;
    }

    /** The value of this path. */
    IValue value(TorchValue value, String path) {
        IValue before = known.get(value);
        if (before != null) {
            return before;
        }
        IValue made = made(value, path);
        boolean plain = value instanceof TorchValue.None || value instanceof TorchValue.Bool;
        if (!plain && !(value instanceof Instance)) {
            known.put(value, made);
        }
        return made;
    }

    private IValue made(TorchValue value, String path) {
        Optional<IValue> stated = states.value(graph, path);
        if (stated.isPresent() && !(value instanceof Instance)) {
            if (stated.get() instanceof TensorRef tensor) {
                tensors.put(path, tensor);
                initial.put(path, tensor.value());
            }
            return stated.get();
        }
        if (value instanceof Instance instance) {
            return object(instance, path);
        } else if (value instanceof TorchValue.TensorValue tensor) {
            return tensor(path, tensor.tensor());
        } else if (value instanceof TorchValue.None) {
            return IValue.NONE;
        } else if (value instanceof TorchValue.Bool bool) {
            return IValue.of(bool.value());
        } else if (value instanceof TorchValue.Int number && number.toLong().isPresent()) {
            return IValue.of(number.toLong().get());
        } else if (value instanceof TorchValue.Float number) {
            return IValue.of(number.value());
        } else if (value instanceof TorchValue.Text text) {
            return IValue.of(text.value());
        } else if (value instanceof TorchValue.Sequence sequence) {
            return sequence(sequence, path);
        } else if (value instanceof TorchValue.Dict dict) {
            return dict(dict, path);
        } else if (value instanceof TorchValue.Name name) {
            return name(name);
        }
        return new Unreadable("the file holds " + value);
    }

    private static IValue name(TorchValue.Name name) {
        Optional<TorchDtype> dtype = name.dtype();
        if (dtype.isPresent()) {
            return dtype.get().isQuantized()
                    ? new Unreadable("the file holds " + name)
                    : IValue.of(ScalarTypes.number(dtype.get().dataType()));
        }
        boolean device = name.name().startsWith("cpu") || name.name().startsWith("cuda");
        return device ? new IValue.Device(name.name()) : new Unreadable("the file holds " + name);
    }

    private IValue object(Instance instance, String path) {
        ObjectValue object = new ObjectValue(instance.className(), Optional.of(path));
        known.put(instance, object);
        instance.attributes().forEach((name, value) -> object.fields().put(name, value(value, joined(path, name))));
        fields.put(object, Map.copyOf(object.fields()));
        return object;
    }

    private static String joined(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private IValue sequence(TorchValue.Sequence sequence, String path) {
        List<IValue> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            items.add(value(sequence.items().get(i), joined(path, Integer.toString(i))));
        }
        return sequence.kind() == TorchValue.Sequence.Kind.LIST ? IValue.list(items) : IValue.tuple(items);
    }

    private IValue dict(TorchValue.Dict dict, String path) {
        DictValue made = new DictValue();
        for (Map.Entry<TorchValue, TorchValue> entry : dict.entries()) {
            IValue key = value(entry.getKey(), path);
            made.entries().put(key, value(entry.getValue(), joined(path, key.shown())));
        }
        return made;
    }

    private IValue tensor(String path, TorchTensor tensor) {
        if (tensor.quantization().isPresent()) {
            return new Unreadable("\"" + path + "\" is quantized");
        }
        String name = tensor.view()
                .map(view -> names.computeIfAbsent(path.startsWith("CONSTANTS.") ? path : view, shown -> path))
                .orElse(path);
        TensorRef made = graph.parameter(name, tensor.tensor());
        tensors.putIfAbsent(name, made);
        initial.putIfAbsent(name, made.value());
        return made;
    }

    /** Whether a value is what it was: code may put a list into an attribute that holds what the old one held. */
    private boolean isSame(@Nullable IValue before, IValue after) {
        if (before == null || before == after || before.equals(after)) {
            return before != null;
        }
        if (before instanceof TensorRef old && after instanceof TensorRef tensor) {
            return old.value().equals(tensor.value());
        }
        Optional<List<IValue>> old = ScriptValue.itemsOf(before);
        Optional<List<IValue>> now = ScriptValue.itemsOf(after);
        boolean alike = old.isPresent()
                && now.isPresent()
                && old.get().size() == now.get().size();
        for (int i = 0; alike && i < old.get().size(); i++) {
            alike = isSame(old.get().get(i), now.get().get(i));
        }
        return alike;
    }

    /** The attributes that the program gave another value, by path. */
    Map<String, IValue> written() {
        Map<String, IValue> written = new LinkedHashMap<>();
        fields.forEach((object, before) -> object.fields().forEach((name, value) -> {
            if (!isSame(before.get(name), value)) {
                written.put(joined(object.path().orElse(""), name), value);
            }
        }));
        tensors.forEach((path, tensor) -> {
            if (!tensor.value().equals(initial.get(path))) {
                written.putIfAbsent(path, tensor);
            }
        });
        return new TreeMap<>(written);
    }
}
