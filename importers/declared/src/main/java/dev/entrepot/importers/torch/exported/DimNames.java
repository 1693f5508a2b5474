package dev.entrepot.importers.torch.exported;

import dev.entrepot.formats.torch.exported.RangeConstraint;
import dev.entrepot.formats.torch.exported.SymValue;
import dev.entrepot.formats.torch.exported.SymbolicText;
import dev.entrepot.formats.torch.exported.TensorMeta;
import dev.entrepot.tensor.Dim;
import dev.entrepot.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names for symbols. Programs keep none of the names that their authors gave, only {@code s77}: a symbol is called after the first axis
 * it is the size of, as the ONNX models of other frameworks here have it.
 */
final class DimNames {

    private static final Pattern SYMBOL = Pattern.compile("\\b[a-z]+\\d+\\b");

    /** The names of an input's axes by its rank. */
    private static final Map<Integer, List<String>> AXES = Map.of(
            1, List.of("N"),
            2, List.of("N", "L"),
            3, List.of("N", "L", "L"),
            4, List.of("N", "C", "H", "W"),
            5, List.of("N", "C", "D", "H", "W"));

    private final Map<String, RangeConstraint> ranges;
    private final Map<String, String> names = new LinkedHashMap<>();

    DimNames(Map<String, RangeConstraint> ranges) {
        this.ranges = ranges;
    }

    /** An input's shape, with names for its symbols. */
    Shape shape(TensorMeta meta) {
        List<Dim> dims = new ArrayList<>();
        int rank = meta.sizes().size();
        for (int axis = 0; axis < rank; axis++) {
            String wanted = AXES.containsKey(rank)
                    ? Objects.requireNonNull(AXES.get(rank)).get(axis)
                    : axis == 0 ? "N" : "D";
            dims.add(dim(meta.sizes().get(axis), wanted));
        }
        return Shape.of(dims);
    }

    private Dim dim(SymValue size, String wanted) {
        if (size instanceof SymValue.Int known) {
            return Dim.of(known.value());
        }
        Matcher symbols = SYMBOL.matcher(SymbolicText.of((SymValue.Expr) size));
        return Dim.of(symbols.replaceAll(symbol -> name(symbol.group(), wanted)));
    }

    private String name(String symbol, String wanted) {
        return names.computeIfAbsent(symbol, key -> {
            String name = wanted;
            for (int i = 2; names.containsValue(name); i++) {
                name = wanted + i;
            }
            return name;
        });
    }

    /** The least value of each named symbol, where the program states one. */
    Map<String, Long> least() {
        Map<String, Long> least = new LinkedHashMap<>();
        names.forEach((symbol, name) -> {
            RangeConstraint range = ranges.get(symbol);
            if (range != null) {
                range.minVal().ifPresent(bound -> least.put(name, bound));
            }
        });
        return least;
    }

    /** What the program was exported for, as metadata of the model: {@code entrepot.dim.N} = {@code 2..1024}. */
    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        names.forEach((symbol, name) -> {
            RangeConstraint range = ranges.get(symbol);
            if (range != null) {
                metadata.put("entrepot.dim." + name, range.toString());
            }
        });
        return metadata;
    }
}
