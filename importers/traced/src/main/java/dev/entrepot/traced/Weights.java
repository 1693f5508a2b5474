package dev.entrepot.traced;

import dev.entrepot.bytes.Problems;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The weights of a checkpoint.
 *
 * @param file the file's name; empty where none was given
 * @param tensors the tensors by the names that the network gives them
 * @param notes what was unwrapped and left aside on the way to them
 */
public record Weights(String file, Map<String, Tensor> tensors, List<String> notes) {

    /** No weights. */
    public static final Weights NONE = new Weights("", Map.of(), List.of());

    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        notes = List.copyOf(notes);
    }

    /**
     * Which tensor belongs to which parameter or buffer.
     *
     * @param state what the network needs
     * @param counters the names of tensors that only count the batches of training
     * @param warnings takes what the options let pass
     * @throws dev.entrepot.bytes.ModelException with every weight that is missing, left over or of another shape
     */
    Map<String, Tensor> matched(
            List<StateEntry> state,
            Predicate<String> counters,
            String source,
            ImportOptions options,
            List<String> warnings) {
        Problems problems = new Problems();
        Map<String, Tensor> matched = new LinkedHashMap<>();
        Set<String> left = new LinkedHashSet<>(tensors.keySet());
        for (StateEntry entry : state) {
            Tensor tensor = tensors.get(entry.name());
            left.remove(entry.name());
            if (tensor == null) {
                entry.initial().filter(first -> entry.needed()).ifPresent(first -> matched.put(entry.name(), first));
                missing(entry, source, options, problems, warnings);
            } else if (!entry.fits(tensor.shape())) {
                problems.malformed(
                        SourceLocation.file(file),
                        "weight \"" + entry.name() + "\"",
                        "has shape " + tensor.shape() + ", the network of " + source + " has " + entry.shape());
            } else if (!counters.test(entry.name())) {
                matched.put(
                        entry.name(),
                        tensor.shape().equals(entry.shape()) || entry.isOpen()
                                ? tensor
                                : tensor.reshape(entry.shape().sizes()));
            }
        }
        left.removeIf(counters);
        for (String name : left) {
            unused(name, source, options, problems, warnings);
        }
        problems.throwIfAny();
        return matched;
    }

    private void missing(
            StateEntry entry, String source, ImportOptions options, Problems problems, List<String> warnings) {
        if (!entry.needed()) {
            return;
        }
        String what = entry.parameter() ? "parameter" : "buffer";
        if (options.missing() == Missing.FILL) {
            warnings.add(source + ": " + what + " \"" + entry.name() + "\" has no weights and is " + entry.standIn());
            return;
        }
        problems.malformed(
                SourceLocation.file(file.isEmpty() ? source : file),
                what + " \"" + entry.name() + "\"",
                (file.isEmpty() ? "no file of weights was given for it" : "is not among the weights") + ", shape "
                        + entry.shape() + "; --allow-missing makes it " + entry.standIn());
    }

    private void unused(String name, String source, ImportOptions options, Problems problems, List<String> warnings) {
        if (options.unused() == Unused.IGNORE) {
            warnings.add(file + ": weight \"" + name + "\" fits no parameter and is left out");
            return;
        }
        problems.malformed(
                SourceLocation.file(file),
                "weight \"" + name + "\" " + tensors.get(name),
                "fits no parameter of " + source + "; --allow-unused leaves it out");
    }
}
