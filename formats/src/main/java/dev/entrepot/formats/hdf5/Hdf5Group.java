package dev.entrepot.formats.hdf5;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A group.
 *
 * @param path where it stands in the file
 * @param children what it holds by name, in the file's order
 */
public record Hdf5Group(String path, Map<String, Hdf5Node> children) implements Hdf5Node {

    public Hdf5Group {
        children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
    }

    /** The group of this name, if there is one. */
    public Optional<Hdf5Group> group(String name) {
        return children.get(name) instanceof Hdf5Group group ? Optional.of(group) : Optional.empty();
    }

    /** The dataset of this name, if there is one. */
    public Optional<Hdf5Dataset> dataset(String name) {
        return children.get(name) instanceof Hdf5Dataset dataset ? Optional.of(dataset) : Optional.empty();
    }
}
