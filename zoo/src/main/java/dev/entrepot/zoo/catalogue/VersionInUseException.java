package dev.entrepot.zoo.catalogue;

import dev.entrepot.zoo.entry.VersionName;
import java.io.IOException;
import java.util.List;

/** A version cannot be removed because aliases point to it. */
public final class VersionInUseException extends IOException {

    private static final long serialVersionUID = 1L;

    VersionInUseException(VersionName version, List<String> aliases) {
        super("the aliases " + aliases + " point to " + version + "; move or delete them first");
    }
}
