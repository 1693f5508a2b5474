package dev.entrepot.server.work;

import dev.entrepot.server.child.ChildOrder;
import dev.entrepot.server.child.JobFolder;
import dev.entrepot.server.jobs.JobOrder;
import dev.entrepot.server.jobs.JobOrder.Conversion;
import dev.entrepot.server.jobs.JobOrder.Validation;
import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import dev.entrepot.zoo.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lays out what a job needs: copies of blobs, so that nothing that the child does can reach the store. */
final class JobFiles {

    private final BlobStore blobs;

    JobFiles(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** Fills a job's folder. Every copy has been verified. */
    void layOut(JobOrder order, JobFolder folder) throws IOException {
        if (order instanceof Conversion conversion) {
            Recipe recipe = conversion.recipe();
            copy(recipe.sources(), folder.in().resolve(Recipe.SOURCE_FOLDER));
            copy(recipe.reference(), folder.in().resolve(Recipe.REFERENCE_FOLDER));
            folder.write(ChildOrder.toConvert(recipe));
        } else if (order instanceof Validation validation) {
            copy(validation.model(), folder.in().resolve(JobFolder.MODEL));
            copy(validation.reference(), folder.in().resolve(Recipe.REFERENCE_FOLDER));
            folder.write(ChildOrder.toValidate(validation.reference(), validation.provider()));
        }
    }

    private void copy(List<Source> files, Path folder) throws IOException {
        for (Source file : files) {
            Path target = folder.resolve(file.path());
            Path parent = target.getParent();
            Files.createDirectories(parent == null ? folder : parent);
            blobs.copyTo(file.sha256(), target);
        }
    }
}
