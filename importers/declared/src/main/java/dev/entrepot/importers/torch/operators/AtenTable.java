package dev.entrepot.importers.torch.operators;

import dev.entrepot.importers.torch.aten.Support;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every PyTorch operator that is known, and what becomes of it. The only such list, but for its parts by family.
 *
 * <p>A name without overload stands for all overloads that have no entry of their own. An operator that works in place needs no entry
 * beside the one without the underscore.
 */
public final class AtenTable {

    private static final Map<String, Support> TABLE = joined(
            Activations.TABLE, //
            Glue.TABLE,
            Shapes.TABLE);

    private AtenTable() {}

    /** What becomes of an operator, by its name or its name and overload. */
    public static Optional<Support> find(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    /** All entries, sorted by name. */
    public static Map<String, Support> entries() {
        return Collections.unmodifiableMap(new TreeMap<>(TABLE));
    }

    @SafeVarargs
    private static Map<String, Support> joined(Map<String, Support>... families) {
        return Map.ofEntries(Stream.of(families)
                .flatMap(family -> family.entrySet().stream())
                .toArray(Map.Entry[]::new));
    }
}
