package dev.entrepot.formats.torch.exported;

import static dev.entrepot.formats.torch.exported.DocumentFields.bound;
import static dev.entrepot.formats.torch.exported.DocumentFields.listOrNone;
import static dev.entrepot.formats.torch.exported.DocumentFields.mapOrNone;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.json.Json;
import dev.entrepot.formats.json.JsonLimits;
import dev.entrepot.formats.json.JsonValue;

/** Reads a document. */
final class ProgramReader {

    /** The newest schema whose members are all known. */
    static final SchemaVersion NEWEST = new SchemaVersion(8, 20);

    /** The first major version that is read: 5.3 is PyTorch 2.4's. */
    private static final long OLDEST_MAJOR = 5;

    private ProgramReader() {}

    static ExportedProgram read(ByteSource document) {
        JsonValue object = Json.read(document, JsonLimits.DEFAULT);
        String torch = object.find("torch_version").map(JsonValue::asText).orElse("2.4 or earlier");
        SchemaVersion version = version(object, torch);
        return new ExportedProgram(
                SignatureReader.graphModule(object.member("graph_module")),
                mapOrNone(object, "opset_version", JsonValue::asLong),
                mapOrNone(
                        object,
                        "range_constraints",
                        range -> new RangeConstraint(bound(range, "min_val"), bound(range, "max_val"))),
                version,
                listOrNone(object, "verifiers", JsonValue::asText),
                torch,
                object.where());
    }

    private static SchemaVersion version(JsonValue object, String torch) {
        JsonValue stated = object.member("schema_version");
        SchemaVersion version = stated instanceof JsonValue.Number number
                ? new SchemaVersion(number.asLong(), 0)
                : new SchemaVersion(
                        stated.member("major").asLong(), stated.member("minor").asLong());
        if (version.major() < OLDEST_MAJOR || version.major() > NEWEST.major()) {
            throw ModelException.unsupported(
                    stated.where(),
                    "exported program",
                    "is of schema version " + version + " (PyTorch " + torch + "); versions " + OLDEST_MAJOR + " to "
                            + NEWEST.major() + " are read: load it with the PyTorch that wrote it, and export again");
        }
        return version;
    }
}
