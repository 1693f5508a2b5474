package dev.entrepot.importers.caffe;

import dev.entrepot.bytes.Problems;
import dev.entrepot.formats.caffe.CaffeLayer;
import dev.entrepot.importers.ImportOptions;
import dev.entrepot.importers.ImportOptions.Missing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is noted while a net is lowered. */
final class ImportNotes {

    private final ImportOptions options;
    private final Problems problems = new Problems();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> approximations = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();

    ImportNotes(ImportOptions options) {
        this.options = options;
    }

    Problems problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    List<String> approximations() {
        return approximations;
    }

    List<String> dropped() {
        return dropped;
    }

    void warning(CaffeLayer layer, String why) {
        warnings.add(layer + ": " + why);
    }

    void approximation(CaffeLayer layer, String why) {
        approximations.add(layer + ": " + why);
    }

    void dropped(CaffeLayer layer, String why) {
        dropped.add(layer + ": " + why);
    }

    /** Weights of a layer that the net does not have. Caffe passes over them, so they are no error. Source: caffe net.cpp, CopyTrainedLayersFrom. */
    void unusedWeights(String layer) {
        warnings.add(
                "layer \"" + layer + "\" has weights, but the net has no layer of that name; left out, as Caffe does");
    }

    void missingWeight(CaffeLayer layer, String role, long[] shape) {
        String what = "no weights for its " + role + ", shape " + Arrays.toString(shape);
        if (options.missing() == Missing.FILL) {
            warning(layer, what + "; filled");
        } else {
            problems.malformed(layer.location(), layer.toString(), what + "; --allow-missing fills it");
        }
    }
}
