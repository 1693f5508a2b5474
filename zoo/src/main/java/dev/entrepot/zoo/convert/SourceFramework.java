package dev.entrepot.zoo.convert;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.Imported;
import java.util.List;
import java.util.Optional;

/** A framework whose files can come in. */
interface SourceFramework {

    /** The name as {@code --from} has it. */
    String name();

    /** What a file is, judged by its content, such as {@code caffemodel}; empty if it is none of this framework's. */
    Optional<String> form(ByteSource file);

    /** Whether a network of it is Python source, whose parameters may be texts and lists. */
    default boolean runsSource() {
        return false;
    }

    /**
     * Reads the files of one model and lowers it.
     *
     * @throws dev.entrepot.bytes.ModelException with everything that is wrong
     */
    Imported load(List<ByteSource> files, ImportOptions options);
}
