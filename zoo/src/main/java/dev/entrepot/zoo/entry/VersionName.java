package dev.entrepot.zoo.entry;

/**
 * A version's name: {@code namespace/name@3}, {@code namespace/name@stable}, {@code namespace/name@sha256:...}; without {@code @} the newest.
 *
 * @param model the model
 * @param selector which version of it
 */
public record VersionName(ModelName model, Selector selector) {

    /**
     * Reads a version's name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static VersionName parse(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new VersionName(ModelName.parse(text), Selector.LATEST)
                : new VersionName(ModelName.parse(text.substring(0, at)), Selector.parse(text.substring(at + 1)));
    }

    @Override
    public String toString() {
        return model + "@" + selector;
    }
}
