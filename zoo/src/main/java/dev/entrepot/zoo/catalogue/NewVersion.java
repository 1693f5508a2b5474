package dev.entrepot.zoo.catalogue;

import dev.entrepot.zoo.entry.Manifest;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.store.Digest;
import java.util.List;

/**
 * A version that is to be.
 *
 * @param model the model, which is made if there is none of this name
 * @param content what it is; its blobs are in the store
 * @param recipe the digest of its recipe
 * @param validation the validation that proves it
 * @param aliases the aliases to move to it, beside {@code latest}
 */
public record NewVersion(
        ModelName model, Manifest content, Digest recipe, ValidationRun validation, List<Selector.Alias> aliases) {

    /** @throws IllegalArgumentException if the validation did not pass, or is of another model */
    public NewVersion {
        aliases = List.copyOf(aliases);
        if (!validation.passed()) {
            throw new IllegalArgumentException(
                    model + " is not proven: its validation says " + validation.verdict() + ", " + validation.reason());
        }
        Digest file = content.record().facts().sha256();
        if (!validation.model().equals(file)) {
            throw new IllegalArgumentException("the validation is of the model " + validation.model() + ", not of "
                    + file + ", which is to be published as " + model);
        }
        if (aliases.contains(Selector.LATEST)) {
            throw new IllegalArgumentException("the alias \"latest\" moves by itself");
        }
    }
}
