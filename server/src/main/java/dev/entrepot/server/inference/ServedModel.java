package dev.entrepot.server.inference;

import dev.entrepot.server.sessions.LoadableModel;
import java.util.List;

/**
 * A model that can be run.
 *
 * @param name its name
 * @param version its version
 * @param versions all its versions
 * @param model how it is loaded
 * @param labels its classes' names by index; none if they have none
 * @param image how an encoded image becomes its input
 */
public record ServedModel(
        String name,
        String version,
        List<String> versions,
        LoadableModel model,
        List<String> labels,
        ImagePreparation image) {

    public ServedModel {
        versions = List.copyOf(versions);
        labels = List.copyOf(labels);
    }
}
