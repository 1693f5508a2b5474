package dev.entrepot.server.inference;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The models that can be run. */
public interface ServedModels {

    /** All of them, the versions that are run when none is named. */
    List<Listing> list() throws IOException;

    /**
     * A model.
     *
     * @param name its name, with or without its namespace
     * @param version which version; the newest if none is named
     */
    Optional<ServedModel> find(String name, Optional<String> version) throws IOException;

    /** A model's name and version. */
    record Listing(String name, String version) {}
}
