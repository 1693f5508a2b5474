package dev.entrepot.formats.torch.exported;

/**
 * The version of the document's schema. Source: schema.py, SchemaVersion.
 *
 * @param major changes when old readers would misread
 * @param minor changes when something is added
 */
public record SchemaVersion(long major, long minor) {

    /** {@code 8.20}. */
    @Override
    public String toString() {
        return major + "." + minor;
    }
}
