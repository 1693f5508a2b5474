package dev.entrepot.importers.torch.schema;

import java.util.List;
import java.util.Locale;

/** The operators whose meaning changed from one file format version of TorchScript to another. */
public final class Upgraders {

    private final List<Upgrader> entries;

    /** Upgraders in the grammar at the head of {@code upgraders.txt}. */
    Upgraders(String text) {
        entries = text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(Upgraders::entry)
                .toList();
    }

    /** PyTorch's own. */
    public static Upgraders torch() {
        return Torch.TABLE;
    }

    /**
     * The older overloads that a file of this format version means; PyTorch tries them before today's.
     *
     * @param qualifiedName with namespace, without overload: {@code aten::div}
     * @return mostly empty: the operator means what it means today
     */
    public List<Upgrader> of(String qualifiedName, long fileFormatVersion) {
        return entries.stream()
                .filter(entry ->
                        entry.schema().name().equals(qualifiedName) && fileFormatVersion < entry.untilVersion())
                .toList();
    }

    /** All of them. */
    public List<Upgrader> all() {
        return entries;
    }

    private static Upgrader entry(String line) {
        String[] words = line.split(" ", 3);
        return new Upgrader(
                Integer.parseInt(words[0]),
                Upgrader.Change.valueOf(words[1].toUpperCase(Locale.ROOT)),
                FunctionSchema.parse(words[2]));
    }

    /** Holds the table so that it is loaded on the first use. */
    private static final class Torch {
        static final Upgraders TABLE = new Upgraders(SchemaResource.text("upgraders.txt"));
    }
}
