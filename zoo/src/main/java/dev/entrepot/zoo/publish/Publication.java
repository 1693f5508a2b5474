package dev.entrepot.zoo.publish;

import dev.entrepot.zoo.entry.ModelCard;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import java.util.List;

/**
 * How a candidate is to be published.
 *
 * @param name as a version of which model
 * @param card what people say about it
 * @param aliases the aliases to move to it, beside {@code latest}
 * @param actor who publishes it
 * @param isolation how conversion and validation were kept apart: {@code none}, {@code process} or {@code sandbox}
 */
public record Publication(
        ModelName name, ModelCard card, List<Selector.Alias> aliases, String actor, String isolation) {

    public Publication {
        aliases = List.copyOf(aliases);
    }

    /** A publication without further aliases, of what was done in this process. */
    public static Publication of(ModelName name, ModelCard card, String actor) {
        return new Publication(name, card, List.of(), actor, "none");
    }
}
