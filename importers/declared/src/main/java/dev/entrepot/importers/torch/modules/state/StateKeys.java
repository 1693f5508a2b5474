package dev.entrepot.importers.torch.modules.state;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchTensor;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A place in a state_dict, and which of its tensors were taken so far. */
public final class StateKeys {

    private final SourceLocation where;
    private final TreeMap<String, TorchTensor> tensors;
    private final Set<String> taken;
    private final List<String> faults;
    private final String prefix;

    private StateKeys(
            SourceLocation where,
            TreeMap<String, TorchTensor> tensors,
            Set<String> taken,
            List<String> faults,
            String prefix) {
        this.where = where;
        this.tensors = tensors;
        this.taken = taken;
        this.faults = faults;
        this.prefix = prefix;
    }

    /** The top of a state_dict, of which nothing is taken. */
    public static StateKeys of(SourceLocation where, Map<String, TorchTensor> tensors) {
        return new StateKeys(where, new TreeMap<>(tensors), new HashSet<>(), new ArrayList<>(), "");
    }

    /** The file. */
    public SourceLocation where() {
        return where;
    }

    /** The path of this place. */
    public String path() {
        return prefix.isEmpty() ? prefix : prefix.substring(0, prefix.length() - 1);
    }

    /** A place below. */
    public StateKeys child(String name) {
        return new StateKeys(where, tensors, taken, faults, prefix + name + ".");
    }

    /** Whether there is a tensor of this name here, or any below it. */
    public boolean has(String name) {
        String key = prefix + name;
        String next = tensors.ceilingKey(key + ".");
        return tensors.containsKey(key) || next != null && next.startsWith(key + ".");
    }

    /** The first parts of the names here. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String key : tensors.tailMap(prefix).keySet()) {
            if (!key.startsWith(prefix)) {
                break;
            }
            String rest = key.substring(prefix.length());
            int dot = rest.indexOf('.');
            names.add(dot < 0 ? rest : rest.substring(0, dot));
        }
        return names;
    }

    /** How many names there are that end in 0, 1, 2 and so on after this beginning. */
    public int count(String beginning) {
        int count = 0;
        while (has(beginning + count)) {
            count++;
        }
        return count;
    }

    /**
     * The sizes of a tensor here.
     *
     * @throws Mismatch if there is none
     */
    public List<Long> shape(String name) {
        return find(name).tensor().shape().dims().stream()
                .map(dim -> dim.size())
                .toList();
    }

    private TorchTensor find(String name) {
        TorchTensor tensor = tensors.get(prefix + name);
        if (tensor == null) {
            throw mismatch(name, "is missing");
        }
        return tensor;
    }

    /**
     * A size of a tensor here.
     *
     * @throws Mismatch if there is none
     */
    public long size(String name, int axis) {
        List<Long> shape = shape(name);
        if (shape.size() <= axis) {
            throw mismatch(name, "has shape " + shape + ", more axes are expected");
        }
        return shape.get(axis);
    }

    /**
     * Takes a tensor of this rank; another rank is a {@link #fault}.
     *
     * @throws Mismatch if there is none
     */
    public TorchTensor takeOfRank(String name, int rank) {
        List<Long> shape = shape(name);
        if (shape.size() != rank) {
            fault(name, "has shape " + shape + ", " + rank + " axes are expected");
        }
        taken.add(prefix + name);
        return find(name);
    }

    /**
     * Takes a tensor of this shape; another shape is a {@link #fault}.
     *
     * @throws Mismatch if there is none
     */
    public TorchTensor take(String name, long... sizes) {
        Shape expected = Shape.of(sizes);
        TorchTensor tensor = find(name);
        if (!tensor.tensor().shape().equals(expected)) {
            fault(name, "has shape " + tensor.tensor().shape() + ", expected " + expected);
        }
        taken.add(prefix + name);
        return tensor;
    }

    /** Leaves out what lies under a name. */
    public void ignore(String name) {
        tensors.keySet().stream()
                .filter(key -> key.equals(prefix + name) || key.startsWith(prefix + name + "."))
                .forEach(taken::add);
    }

    /** The keys whose tensors nothing took. */
    public List<String> left() {
        return tensors.keySet().stream().filter(key -> !taken.contains(key)).toList();
    }

    /** How many keys were taken and fit. */
    public int fitting() {
        return taken.size() - faults.size();
    }

    /** Notes that a tensor here has not the shape it should have; the rest is still looked at, to tell how near it comes. */
    public void fault(String name, String what) {
        faults.add("\"" + prefix + name + "\" " + what);
    }

    /** What was noted, the first first. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** That something here is not what it should be. */
    public Mismatch mismatch(String name, String what) {
        return new Mismatch("\"" + prefix + name + "\" " + what);
    }

    /** The tensors by the names that a module at this place has them under. */
    static Map<String, TorchTensor> empty() {
        return new LinkedHashMap<>();
    }
}
