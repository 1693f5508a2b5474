package dev.entrepot.importers.torch.modules.state;

import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A module of modules.
 *
 * @param className its class
 * @param attributes its attributes
 * @param ownTensors its own parameters and buffers, with the number of axes each has
 * @param children its modules, in order
 */
public record Composite(
        String className, Map<String, IValue> attributes, Map<String, Integer> ownTensors, List<Child> children)
        implements Blueprint {

    /** A module under its name. */
    public record Child(String name, String key, Blueprint blueprint) {}

    public Composite {
        attributes = Map.copyOf(attributes);
        ownTensors = Map.copyOf(ownTensors);
        children = List.copyOf(children);
    }

    /** An empty module of this class. */
    public static Composite of(String className) {
        return new Composite(className, Map.of(), Map.of(), List.of());
    }

    /** An empty {@code Sequential}. */
    public static Composite sequential() {
        return of("torch.nn.modules.container.Sequential");
    }

    /** With one more module. */
    public Composite with(String name, Blueprint blueprint) {
        return with(name, name, blueprint);
    }

    /** With one more module, whose keys begin with another name than its own. */
    public Composite with(String name, String key, Blueprint blueprint) {
        List<Child> more = new ArrayList<>(children);
        more.add(new Child(name, key, blueprint));
        return new Composite(className, attributes, ownTensors, more);
    }

    /** With one more module called by the number of those before it. */
    public Composite then(Blueprint blueprint) {
        return with(String.valueOf(children.size()), blueprint);
    }

    /** With an attribute. */
    public Composite having(String attribute, IValue value) {
        Map<String, IValue> more = new LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new Composite(className, more, ownTensors, children);
    }

    /** With a parameter or buffer of its own that has this many axes. */
    public Composite owning(String tensor, int rank) {
        Map<String, Integer> more = new LinkedHashMap<>(ownTensors);
        more.put(tensor, rank);
        return new Composite(className, attributes, more, children);
    }

    @Override
    public Module at(StateKeys keys) {
        Map<String, TorchTensor> tensors = StateKeys.empty();
        ownTensors.forEach((name, rank) -> tensors.put(name, keys.takeOfRank(name, rank)));
        Map<String, Module> built = new LinkedHashMap<>();
        for (Child child : children) {
            built.put(child.name, child.blueprint.at(keys.child(child.key)));
        }
        return new Module(keys.path(), className, keys.where(), attributes, tensors, built);
    }
}
