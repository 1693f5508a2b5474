package dev.entrepot.zoo.catalogue;

import dev.entrepot.zoo.entry.Manifest;
import dev.entrepot.zoo.entry.ModelName;
import dev.entrepot.zoo.entry.ModelRecord;
import dev.entrepot.zoo.entry.Selector;
import dev.entrepot.zoo.entry.VersionFile;
import dev.entrepot.zoo.entry.VersionName;
import dev.entrepot.zoo.store.Digest;
import java.time.Instant;
import java.util.List;

/**
 * A version of a model. It never changes; only the aliases that point to it move.
 *
 * @param id the row's
 * @param model the model
 * @param number its number, from 1 on
 * @param digest the digest of its manifest
 * @param recipe the digest of its recipe
 * @param published when
 * @param publishedBy by whom
 * @param aliases the aliases that point to it now, {@code latest} among them
 * @param content what it is
 */
public record Version(
        long id,
        ModelName model,
        int number,
        Digest digest,
        Digest recipe,
        Instant published,
        String publishedBy,
        List<String> aliases,
        Manifest content) {

    public Version {
        aliases = List.copyOf(aliases);
    }

    Version withAliases(List<String> pointing) {
        return new Version(id, model, number, digest, recipe, published, publishedBy, pointing, content);
    }

    /** Its name, with its number. */
    public VersionName name() {
        return new VersionName(model, new Selector.Number(number));
    }

    /** What is known of it. */
    public ModelRecord record() {
        return content.record();
    }

    /** Its files, sorted by path. */
    public List<VersionFile> files() {
        return content.files();
    }
}
