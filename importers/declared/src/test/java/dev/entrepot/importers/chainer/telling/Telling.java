package dev.entrepot.importers.chainer.telling;

import dev.entrepot.validator.compare.Tolerance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a function of Chainer computes, told once more by naive loops over float64 numbers.
 *
 * @param function its name in the table
 * @param draw makes a call with random arguments, and what it must give
 */
public record Telling(String function, Function<Dice, Call> draw) {

    /**
     * A call and what it must give. Arguments are {@link NdArray}s (variables), {@link Weight}s (parameters), numbers, booleans, text,
     * lists of these, {@code int[]}, null for None.
     */
    public static final class Call {
        final List<@Nullable Object> positional = new ArrayList<>();
        final Map<String, @Nullable Object> keyword = new LinkedHashMap<>();
        final List<NdArray> expected = new ArrayList<>();
        Optional<Tolerance> tolerance = Optional.empty();

        /** A call with these arguments in order. */
        public static Call of(@Nullable Object... positional) {
            Call call = new Call();
            call.positional.addAll(java.util.Arrays.asList(positional));
            return call;
        }

        /** Adds a keyword argument. */
        public Call with(String name, @Nullable Object value) {
            keyword.put(name, value);
            return this;
        }

        /** Says what it must give: one array, or those of a tuple. */
        public Call gives(NdArray... arrays) {
            expected.addAll(List.of(arrays));
            return this;
        }

        /** Sets a tolerance of its own, whose reason must be more than that the standard one does not hold. */
        public Call within(Tolerance own) {
            tolerance = Optional.of(own);
            return this;
        }
    }

    /** An array that the model holds, as a parameter of a link. */
    public record Weight(NdArray array) {}
}
