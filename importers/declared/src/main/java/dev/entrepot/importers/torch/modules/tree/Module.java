package dev.entrepot.importers.torch.modules.tree;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.importers.torch.aten.IValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A {@code torch.nn.Module} as data.
 *
 * @param path the names that lead to it, with dots between them; empty for the whole network
 * @param className the class, such as {@code torch.nn.modules.conv.Conv2d}
 * @param where the place in the file that makes it
 * @param attributes what its constructor was told, such as {@code stride}
 * @param tensors its own parameters and buffers; those that are None are absent
 * @param children its modules by name, in the order in which they were registered; those that are None are absent
 */
public record Module(
        String path,
        String className,
        SourceLocation where,
        Map<String, IValue> attributes,
        Map<String, TorchTensor> tensors,
        Map<String, Module> children) {

    public Module {
        attributes = ordered(attributes);
        tensors = ordered(tensors);
        children = ordered(children);
    }

    private static <V> Map<String, V> ordered(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** This module and all below it, from the outside in. */
    public Stream<Module> all() {
        return Stream.concat(Stream.of(this), children.values().stream().flatMap(Module::all));
    }

    /** The class without its Python module. */
    public String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** {@code "layer1.0.conv1" (Conv2d)}. */
    @Override
    public String toString() {
        return path.isEmpty() ? simpleName() : "\"" + path + "\" (" + simpleName() + ")";
    }
}
