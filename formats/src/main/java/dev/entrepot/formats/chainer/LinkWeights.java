package dev.entrepot.formats.chainer;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters and persistent values of one link, taken out of whatever was saved around it.
 *
 * @param arrays the arrays by the paths that the link itself gives them, such as {@code conv1/W}
 * @param unset the paths of parameters without an array
 * @param notes what was unwrapped and left aside
 */
public record LinkWeights(Map<String, Tensor> arrays, Set<String> unset, List<String> notes) {

    /** What a trainer's snapshot puts before a model's paths. Source: chainer/training/updaters/standard_updater.py, serialize. */
    private static final String SNAPSHOT = "updater/model:";

    /** What a classifier puts before its network's paths. Source: chainer/links/model/classifier.py. */
    private static final String PREDICTOR = "predictor/";

    public LinkWeights {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
        unset = Collections.unmodifiableSet(new LinkedHashSet<>(unset));
        notes = List.copyOf(notes);
    }

    /**
     * Finds the weights of a file.
     *
     * @param prefix what stands before the paths of the link; looked for where absent
     * @throws ModelException (unsupported) if nothing starts with {@code prefix}, or a snapshot holds several models
     */
    public static LinkWeights of(ChainerFile file, Optional<String> prefix) {
        LinkWeights all = new LinkWeights(file.arrays(), file.unset(), List.of());
        SourceLocation where = SourceLocation.file(file.name());
        if (prefix.isPresent()) {
            return all.below(prefix.get().endsWith("/") ? prefix.get() : prefix.get() + "/", where);
        }
        LinkWeights model = all.withoutSnapshot(where);
        return model.paths().stream().allMatch(path -> path.startsWith(PREDICTOR))
                ? model.below(PREDICTOR, where)
                : model;
    }

    private LinkWeights withoutSnapshot(SourceLocation where) {
        Set<String> models = paths().stream()
                .filter(path -> path.startsWith(SNAPSHOT) && path.indexOf('/', SNAPSHOT.length()) > 0)
                .map(path -> path.substring(0, path.indexOf('/', SNAPSHOT.length()) + 1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (models.isEmpty()) {
            return this;
        }
        String main = SNAPSHOT + "main/";
        if (!models.contains(main) && models.size() > 1) {
            throw ModelException.unsupported(
                    where, "snapshot", "holds several models: " + models + "; --weights-key chooses one");
        }
        return below(models.contains(main) ? main : models.iterator().next(), where);
    }

    private Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>(arrays.keySet());
        paths.addAll(unset);
        return paths;
    }

    private LinkWeights below(String prefix, SourceLocation where) {
        Map<String, Tensor> inside = new LinkedHashMap<>();
        arrays.forEach((path, array) -> {
            if (path.startsWith(prefix)) {
                inside.put(path.substring(prefix.length()), array);
            }
        });
        Set<String> unsetInside = unset.stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (inside.isEmpty() && unsetInside.isEmpty()) {
            throw ModelException.unsupported(where, "weights key \"" + prefix + "\"", "starts no array's path");
        }
        List<String> told = new ArrayList<>(notes);
        int aside = arrays.size() - inside.size();
        told.add("took the arrays below \"" + prefix + "\"" + (aside == 0 ? "" : ", left aside " + aside + " others"));
        return new LinkWeights(inside, unsetInside, told);
    }
}
