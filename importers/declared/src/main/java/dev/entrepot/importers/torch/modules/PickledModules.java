package dev.entrepot.importers.torch.modules;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.formats.torch.TorchValue;
import dev.entrepot.formats.torch.TorchValue.Dict;
import dev.entrepot.formats.torch.TorchValue.Instance;
import dev.entrepot.formats.torch.TorchValue.Sequence;
import dev.entrepot.formats.torch.TorchValue.TensorValue;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.Module;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Module trees out of pickled modules. Source: torch/nn/modules/module.py, Module.__init__ and __setstate__. */
final class PickledModules {

    private static final int DEEPEST = 100;

    /** What every module has, and what says nothing about what it computes. */
    private static final Set<String> OWN = Set.of(
            "training",
            "_parameters",
            "_buffers",
            "_modules",
            "_non_persistent_buffers_set",
            "_backend",
            "_is_full_backward_hook",
            "_is_hf_initialized",
            "_version");

    private static final List<String> HOOKS = List.of("_forward_pre_hooks", "_forward_hooks");

    private final Problems problems = new Problems();
    private final Map<String, List<String>> unknown = new TreeMap<>();
    private final Set<Instance> above = Collections.newSetFromMap(new IdentityHashMap<>());

    private PickledModules() {}

    /** A value that says nothing here: a function, or an object of a class that is no module. */
    private record Named(String name) implements IValue.Opaque {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * The tree of a pickled module.
     *
     * @throws ModelException naming every class whose forward is not known
     */
    static Module tree(Instance root) {
        PickledModules modules = new PickledModules();
        Module tree = modules.module(root, "", 0);
        modules.unknown.forEach((name, places) -> modules.problems.unsupported(
                root.where(),
                "class " + name,
                "is not known here, and a pickle does not hold its code: " + places.get(0)
                        + (places.size() > 1 ? " and " + (places.size() - 1) + " more are" : " is") + " of it"));
        if (!modules.unknown.isEmpty()) {
            modules.problems.unsupported(
                    root.where(),
                    "module",
                    "needs the Python source of these classes: give it too, as nets.py:Class(), or export the module with"
                            + " torch.export.save or torch.jit.save");
        }
        modules.problems.throwIfAny();
        return tree;
    }

    private Module module(Instance instance, String path, int depth) {
        if (depth > DEEPEST || !above.add(instance)) {
            throw ModelException.malformed(
                    instance.where(), "module \"" + path + "\"", "holds itself, or others without end");
        }
        if (!ForwardTable.knows(instance.className())) {
            unknown.computeIfAbsent(instance.className(), name -> new ArrayList<>())
                    .add(path.isEmpty() ? "the whole network" : "\"" + path + "\"");
        }
        refuseHooks(instance, path);
        Map<String, Module> children = new LinkedHashMap<>();
        dictionary(instance, "_modules").forEach((name, child) -> {
            if (child instanceof Instance inner && inner.isModule()) {
                children.put(name, module(inner, path.isEmpty() ? name : path + "." + name, depth + 1));
            }
        });
        above.remove(instance);
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        tensors(instance, "_parameters", tensors);
        tensors(instance, "_buffers", tensors);
        return new Module(path, instance.className(), instance.where(), attributes(instance), tensors, children);
    }

    /** A hook, such as that of weight_norm, changes what a module computes. */
    private void refuseHooks(Instance instance, String path) {
        for (String kind : HOOKS) {
            Map<String, TorchValue> hooks = dictionary(instance, kind);
            if (!hooks.isEmpty()) {
                problems.unsupported(
                        instance.where(),
                        "module \"" + path + "\"",
                        "has " + kind + " " + hooks.values()
                                + ", which run code of their own; take them off before saving"
                                + " (torch.nn.utils.remove_weight_norm and the like)");
            }
        }
    }

    private static void tensors(Instance instance, String member, Map<String, TorchTensor> into) {
        dictionary(instance, member).forEach((name, value) -> {
            if (value instanceof TensorValue tensor) {
                into.put(name, tensor.tensor());
            }
        });
    }

    private static Map<String, TorchValue> dictionary(Instance instance, String member) {
        Optional<TorchValue> value = instance.attribute(member);
        if (value.isPresent() && value.get() instanceof Dict dict) {
            return dict.byText();
        }
        return value.isPresent() && value.get() instanceof Instance inner
                ? inner.entries().byText()
                : Map.of();
    }

    private static Map<String, IValue> attributes(Instance instance) {
        Map<String, IValue> attributes = new LinkedHashMap<>();
        instance.attributes().forEach((name, value) -> {
            if (!OWN.contains(name) && !name.endsWith("_hooks")) {
                attributes.put(name, value(value, 0));
            }
        });
        return attributes;
    }

    private static IValue value(TorchValue value, int depth) {
        if (value instanceof TorchValue.None || depth > DEEPEST) {
            return IValue.NONE;
        } else if (value instanceof TorchValue.Bool bool) {
            return IValue.of(bool.value());
        } else if (value instanceof TorchValue.Int number && number.toLong().isPresent()) {
            return IValue.of(number.toLong().get().longValue());
        } else if (value instanceof TorchValue.Float real) {
            return IValue.of(real.value());
        } else if (value instanceof TorchValue.Text text) {
            return IValue.of(text.value());
        } else if (value instanceof Sequence sequence) {
            List<IValue> items = sequence.items().stream()
                    .map(item -> value(item, depth + 1))
                    .toList();
            return sequence.kind() == Sequence.Kind.LIST ? IValue.list(items) : IValue.tuple(items);
        } else if (value instanceof Dict dict) {
            IValue.DictValue made = new IValue.DictValue();
            dict.entries()
                    .forEach(entry ->
                            made.entries().put(value(entry.getKey(), depth + 1), value(entry.getValue(), depth + 1)));
            return made;
        }
        return new Named(value.toString());
    }

    /** Where a module is pickled. */
    static SourceLocation where(Instance instance) {
        return instance.where();
    }
}
