package dev.entrepot.server.child;

import dev.entrepot.zoo.recipe.Recipe;
import dev.entrepot.zoo.recipe.Recipe.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a child is to do with the files in its folder.
 *
 * @param recipe how a model is converted, and proven if the recipe has a reference; null if one is only validated
 * @param reference the reference's files, if a model is only validated
 * @param provider where the model is run: {@code auto}, {@code cpu} or {@code cuda}
 */
public record ChildOrder(@Nullable Recipe recipe, List<Source> reference, String provider) {

    public ChildOrder {
        reference = List.copyOf(reference);
    }

    /** The order to convert. */
    public static ChildOrder toConvert(Recipe recipe) {
        return new ChildOrder(recipe, List.of(), "cpu");
    }

    /** The order to convert, and to run what came out on some provider. */
    public static ChildOrder toProve(Recipe recipe, String provider) {
        return new ChildOrder(recipe, List.of(), provider);
    }

    /** The order to validate. */
    public static ChildOrder toValidate(List<Source> reference, String provider) {
        return new ChildOrder(null, reference, provider);
    }

    /** Whether most of what runs, runs once: Python source, and networks that are brought as such. */
    boolean runsOnce() {
        return recipe != null
                && recipe.sources().stream()
                        .map(Source::path)
                        .anyMatch(path -> path.endsWith(".py") || path.endsWith(".npz") || path.endsWith(".h5"));
    }

    /** Whether it may run on a graphics card. */
    boolean usesCuda() {
        return !provider.equals("cpu");
    }
}
