package dev.entrepot.onnx.check;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.Problem;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Model;
import java.util.List;

/**
 * Finds everything that is wrong with a model: names, order, operators, attributes, types, functions, and how much it expands to.
 *
 * <p>What ONNX's own checker refuses is a problem here, and more: types that contradict each other or their operators, and operators of
 * domains that are not ONNX's, which nobody can check.
 */
public final class Checker {

    private Checker() {}

    /**
     * All problems, within the limits for a stranger's model; none if it is sound.
     *
     * @param file the model's name, for messages
     */
    public static List<Problem> check(String file, Model model) {
        return check(file, model, CheckLimits.STRICT);
    }

    /** All problems; none if the model is sound. See {@link #check(String, Model)}. */
    public static List<Problem> check(String file, Model model, CheckLimits limits) {
        Faults faults = new Faults(limits.problems());
        Site site = new Site(SourceLocation.file(file), "model");
        Functions functions = new Functions(model, site, faults);
        new Expansion(functions, limits, faults).check(model.graph(), site);
        if (faults.isWithinLimits()) {
            new ModelCheck(model, functions, faults).check(site);
        }
        if (faults.isEmpty()) {
            new InferenceCheck(model, faults).check(site);
        }
        return faults.found();
    }

    /** @throws ModelException with all problems, if there are any */
    public static void require(String file, Model model) {
        List<Problem> problems = check(file, model);
        if (!problems.isEmpty()) {
            throw new ModelException(problems);
        }
    }
}
