package dev.entrepot.server.work;

import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import dev.entrepot.importers.ImportOptions.Unused;
import dev.entrepot.server.child.ChildOrder;
import dev.entrepot.server.child.JobFolder;
import dev.entrepot.zoo.recipe.ImportRequest;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.sample.Sample;
import java.io.IOException;
import java.nio.file.Path;

/** A bundled model as an order to a child, for a worker's own ends. */
final class SampleChild {

    private SampleChild() {}

    /** The bundled model of a name. */
    static Sample named(String name) {
        return Sample.ALL.stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no sample " + name));
    }

    /** Lays out a folder so that a child converts a bundled model and runs it. */
    static JobFolder layOut(Sample sample, Path path, String provider) throws IOException {
        JobFolder folder = JobFolder.make(path);
        ImportRequest request = ImportRequest.of(
                sample.unpackSources(folder.in().resolve(Recipe.SOURCE_FOLDER)),
                new ImportOptions(sample.inputs(), Missing.REFUSE, Unused.REFUSE),
                sample.unpackReference(folder.in().resolve(Recipe.REFERENCE_FOLDER)));
        folder.write(ChildOrder.toProve(Recipe.of(request), provider));
        return folder;
    }
}
