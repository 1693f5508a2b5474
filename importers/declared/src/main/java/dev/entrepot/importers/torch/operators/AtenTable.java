package dev.entrepot.importers.torch.operators;

import dev.entrepot.importers.torch.aten.Support;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every PyTorch operator that is known, and what becomes of it. The only such list, but for its parts by family.
 *
 * <p>A name without overload stands for all overloads that have no entry of their own; one that ends with a dot
 * is the overload that has no name. An operator that works in place needs no entry
 * beside the one without the underscore.
 */
public final class AtenTable {

    private static final Map<String, Support> TABLE = joined(
            Activations.TABLE, //
            AdaptivePooling.TABLE,
            Arithmetic.TABLE,
            Attention.TABLE,
            Axes.TABLE,
            Bits.TABLE,
            Casting.TABLE,
            Choices.TABLE,
            ClassLosses.TABLE,
            Comparisons.TABLE,
            ComplexArithmetic.TABLE,
            ComplexShapes.TABLE,
            Conditions.TABLE,
            Convolutions.TABLE,
            Creation.TABLE,
            DecomposedQuantization.TABLE,
            Detection.TABLE,
            Diagonals.TABLE,
            Dictionaries.TABLE,
            Distances.TABLE,
            Dropouts.TABLE,
            Embeddings.TABLE,
            Extremes.TABLE,
            Filling.TABLE,
            Functions.TABLE,
            Glue.TABLE,
            Grids.TABLE,
            Indexing.TABLE,
            Interpolation.TABLE,
            Joining.TABLE,
            Lists.TABLE,
            Losses.TABLE,
            Masks.TABLE,
            Matrices.TABLE,
            Normalizations.TABLE,
            Norms.TABLE,
            Numerics.TABLE,
            PackedSequence.TABLE,
            Padding.TABLE,
            Patches.TABLE,
            Pooling.TABLE,
            Powers.TABLE,
            Prefixes.TABLE,
            Products.TABLE,
            Quantization.TABLE,
            QuantizedKernels.TABLE,
            Randomness.TABLE,
            Recurrent.TABLE,
            RecurrentCells.TABLE,
            Reductions.TABLE,
            Rounding.TABLE,
            Scattering.TABLE,
            Shapes.TABLE,
            ShortTimeFourier.TABLE,
            Slices.TABLE,
            Softmaxes.TABLE,
            Sorting.TABLE,
            Spectra.TABLE,
            Stretching.TABLE,
            Texts.TABLE,
            TransformerLayers.TABLE,
            Uniqueness.TABLE,
            Upsampling.TABLE,
            Windows.TABLE);

    private AtenTable() {}

    /** What becomes of an operator, by its name or its name and overload. */
    public static Optional<Support> find(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    /** The names of all entries. */
    public static SortedSet<String> names() {
        return new TreeSet<>(TABLE.keySet());
    }

    /** Why an operator is refused, if it is. */
    public static Optional<String> refusal(String name) {
        return TABLE.get(name) instanceof Support.Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    @SafeVarargs
    private static Map<String, Support> joined(Map<String, Support>... families) {
        return Map.ofEntries(Stream.of(families)
                .flatMap(family -> family.entrySet().stream())
                .toArray(Map.Entry[]::new));
    }
}
