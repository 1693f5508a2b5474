package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchValue.Dict;
import dev.entrepot.formats.torch.TorchValue.Instance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The weights of one network, taken out of whatever a training script wrapped around them.
 *
 * @param tensors the tensors by the names that the network's state_dict gives them
 * @param notes what was unwrapped, stripped and left aside
 */
public record StateDict(Map<String, TorchTensor> tensors, List<String> notes) {

    private static final int DEEPEST = 4;

    /** The keys under which training scripts keep a network, the likeliest first. */
    private static final List<String> WRAPPERS = List.of(
            "state_dict",
            "model_state_dict",
            "model_state",
            "model",
            "net",
            "network",
            "module",
            "params_ema",
            "params",
            "weights",
            "state_dict_ema",
            "ema");

    /** What training scripts keep beside a network. */
    private static final Set<String> ASIDE = Set.of(
            "optimizer",
            "optimizer_state_dict",
            "optimizer_states",
            "optimizers",
            "optim",
            "scheduler",
            "lr_scheduler",
            "lr_schedulers",
            "scaler",
            "amp");

    /** DataParallel and torch.compile put these before every name. */
    private static final List<String> PREFIXES = List.of("module.", "_orig_mod.");

    public StateDict {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        notes = List.copyOf(notes);
    }

    /**
     * How to find the weights.
     *
     * @param weightsKey where they are: keys with dots between them; looked for where absent
     * @param stripPrefix what to take off all names that start so; only known prefixes where absent
     */
    public record Options(Optional<String> weightsKey, Optional<String> stripPrefix) {
        /** Looks for the weights and strips the prefixes that PyTorch itself adds. */
        public static final Options NONE = new Options(Optional.empty(), Optional.empty());
    }

    /**
     * Finds the weights of a file.
     *
     * @throws ModelException (unsupported) if {@code options} name a key that is not there, or nothing holds tensors
     */
    public static StateDict of(TorchFile file, Options options) {
        List<String> notes = new ArrayList<>();
        SourceLocation where = SourceLocation.file(file.name());
        Map<String, TorchTensor> tensors;
        if (file.value() instanceof TorchValue.None || isScript(file)) {
            tensors = options.weightsKey().map(key -> below(file, key, where)).orElse(file.tensors());
        } else {
            TorchValue chosen = options.weightsKey()
                    .map(key -> at(file.value(), key, where))
                    .orElseGet(() -> unwrap(file.value(), where, notes, 0));
            tensors = TensorPaths.of(chosen, where);
        }
        if (tensors.isEmpty()) {
            throw ModelException.unsupported(where, "file", "holds no tensors, or only ones that cannot be used");
        }
        return new StateDict(stripped(tensors, options, notes), notes);
    }

    private static boolean isScript(TorchFile file) {
        return file.form() == TorchForm.TORCHSCRIPT || file.form() == TorchForm.MOBILE;
    }

    private static Map<String, TorchTensor> below(TorchFile file, String key, SourceLocation where) {
        Map<String, TorchTensor> tensors = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> {
            if (name.startsWith(key + ".")) {
                tensors.put(name.substring(key.length() + 1), tensor);
            }
        });
        if (tensors.isEmpty()) {
            throw ModelException.unsupported(where, "weights key \"" + key + "\"", "starts no tensor's name");
        }
        return tensors;
    }

    private static TorchValue at(TorchValue root, String path, SourceLocation where) {
        TorchValue value = root;
        String rest = path;
        while (!rest.isEmpty()) {
            Map<String, TorchValue> members = members(value);
            String left = rest;
            String key = members.keySet().stream()
                    .filter(name -> left.equals(name) || left.startsWith(name + "."))
                    .max((a, b) -> Integer.compare(a.length(), b.length()))
                    .orElseThrow(() -> ModelException.unsupported(
                            where,
                            "weights key \"" + path + "\"",
                            "is not there: \"" + left + "\" was looked for among " + shown(members.keySet())));
            value = Objects.requireNonNull(members.get(key));
            rest = left.length() == key.length() ? "" : left.substring(key.length() + 1);
        }
        return value;
    }

    private static Map<String, TorchValue> members(TorchValue value) {
        if (value instanceof Dict dict) {
            return dict.byText();
        }
        return value instanceof Instance instance ? instance.attributes() : Map.of();
    }

    private static List<String> shown(Set<String> names) {
        return names.stream().limit(20).toList();
    }

    /** Goes down to the dictionary or module that is the network. */
    private static TorchValue unwrap(TorchValue value, SourceLocation where, List<String> notes, int depth) {
        if (!(value instanceof Dict dict) || depth > DEEPEST) {
            return value;
        }
        Map<String, TorchValue> holders = holders(dict, where);
        for (String wrapper : WRAPPERS) {
            if (holders.containsKey(wrapper)) {
                return descend(dict, wrapper, where, notes, depth);
            }
        }
        holders.keySet().removeAll(ASIDE);
        boolean tensors = dict.byText().values().stream().anyMatch(TorchValue.TensorValue.class::isInstance);
        if (!tensors && holders.size() == 1) {
            return descend(dict, holders.keySet().iterator().next(), where, notes, depth);
        }
        if (holders.size() > 1) {
            notes.add("several dictionaries hold tensors, all are taken: " + shown(holders.keySet())
                    + "; --weights-key chooses one");
        }
        return dict;
    }

    private static TorchValue descend(Dict dict, String key, SourceLocation where, List<String> notes, int depth) {
        List<String> others = dict.byText().keySet().stream()
                .filter(name -> !name.equals(key))
                .toList();
        notes.add("took the weights under \"" + key + "\""
                + (others.isEmpty()
                        ? ""
                        : ", left aside " + others.stream().limit(20).toList()));
        return unwrap(dict.find(key).orElseThrow(), where, notes, depth + 1);
    }

    /** The dictionaries and modules that hold tensors. */
    private static Map<String, TorchValue> holders(Dict dict, SourceLocation where) {
        Map<String, TorchValue> holders = new LinkedHashMap<>();
        dict.byText().forEach((key, value) -> {
            boolean container = value instanceof Dict || value instanceof Instance;
            if (container && !TensorPaths.of(value, where).isEmpty()) {
                holders.put(key, value);
            }
        });
        return holders;
    }

    private static Map<String, TorchTensor> stripped(
            Map<String, TorchTensor> tensors, Options options, List<String> notes) {
        if (options.stripPrefix().isPresent()) {
            return strip(tensors, options.stripPrefix().get(), notes);
        }
        Map<String, TorchTensor> rest = tensors;
        boolean again = true;
        while (again) {
            again = false;
            for (String prefix : PREFIXES) {
                if (rest.keySet().stream()
                        .allMatch(name -> name.startsWith(prefix) && name.length() > prefix.length())) {
                    rest = strip(rest, prefix, notes);
                    again = true;
                }
            }
        }
        return rest;
    }

    private static Map<String, TorchTensor> strip(Map<String, TorchTensor> tensors, String prefix, List<String> notes) {
        Map<String, TorchTensor> rest = new LinkedHashMap<>();
        tensors.forEach(
                (name, tensor) -> rest.put(name.startsWith(prefix) ? name.substring(prefix.length()) : name, tensor));
        notes.add("took \"" + prefix + "\" off the names");
        return rest;
    }
}
