package dev.entrepot.server.portal.jobs;

import dev.entrepot.zoo.recipe.Recipe.Input;
import java.util.List;

/** What is said about an input, in the form in which people say it. */
final class InputLine {

    private InputLine() {}

    /** {@code x:float32[N,3,8,8]}, or {@code h=0}. */
    static String of(Input input) {
        Double fixed = input.fixed();
        if (fixed != null) {
            return input.name() + "="
                    + (fixed == Math.rint(fixed) ? String.valueOf(fixed.longValue()) : fixed.toString());
        }
        List<String> shape = input.shape();
        return input.name() + ":" + input.dtype() + (shape == null ? "" : "[" + String.join(",", shape) + "]");
    }
}
