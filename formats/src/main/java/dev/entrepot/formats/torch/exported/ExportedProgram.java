package dev.entrepot.formats.torch.exported;

import dev.entrepot.bytes.ByteSource;
import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.torch.TorchFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program of {@code torch.export}. Source: torch/_export/serde/schema.py, ExportedProgram.
 *
 * @param graphModule the graph and what its inputs and outputs stand for
 * @param opsetVersion the version of each name space's operators
 * @param rangeConstraints what symbols may be, by name
 * @param schemaVersion the version of the document's schema
 * @param verifiers the dialects it keeps to, such as {@code TRAINING} or {@code ATEN}
 * @param torchVersion the PyTorch that wrote it
 * @param where the document
 */
public record ExportedProgram(
        GraphModule graphModule,
        Map<String, Long> opsetVersion,
        Map<String, RangeConstraint> rangeConstraints,
        SchemaVersion schemaVersion,
        List<String> verifiers,
        String torchVersion,
        SourceLocation where) {

    public ExportedProgram {
        opsetVersion = Collections.unmodifiableMap(new LinkedHashMap<>(opsetVersion));
        rangeConstraints = Collections.unmodifiableMap(new LinkedHashMap<>(rangeConstraints));
        verifiers = List.copyOf(verifiers);
    }

    /**
     * Reads the program of a file.
     *
     * @throws ModelException if the file holds none or several, or it is malformed, or of a schema that is not known
     */
    public static ExportedProgram read(TorchFile file) {
        List<ByteSource> documents = List.copyOf(file.documents().values());
        if (documents.size() != 1) {
            throw ModelException.unsupported(
                    SourceLocation.file(file.name()),
                    "file",
                    "holds " + documents.size() + " programs "
                            + file.documents().keySet() + ", one is expected");
        }
        return ProgramReader.read(documents.get(0));
    }
}
