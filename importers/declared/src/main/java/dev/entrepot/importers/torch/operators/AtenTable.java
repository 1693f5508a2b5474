package dev.entrepot.importers.torch.operators;

import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.importers.torch.operators.complex.ComplexArithmetic;
import dev.entrepot.importers.torch.operators.complex.ComplexShapes;
import dev.entrepot.importers.torch.operators.complex.ShortTimeFourier;
import dev.entrepot.importers.torch.operators.complex.Spectra;
import dev.entrepot.importers.torch.operators.creation.Creation;
import dev.entrepot.importers.torch.operators.creation.Diagonals;
import dev.entrepot.importers.torch.operators.creation.Filling;
import dev.entrepot.importers.torch.operators.creation.Masks;
import dev.entrepot.importers.torch.operators.creation.Randomness;
import dev.entrepot.importers.torch.operators.creation.Windows;
import dev.entrepot.importers.torch.operators.images.AdaptivePooling;
import dev.entrepot.importers.torch.operators.images.Detection;
import dev.entrepot.importers.torch.operators.images.Grids;
import dev.entrepot.importers.torch.operators.images.Interpolation;
import dev.entrepot.importers.torch.operators.images.Padding;
import dev.entrepot.importers.torch.operators.images.Patches;
import dev.entrepot.importers.torch.operators.images.Pooling;
import dev.entrepot.importers.torch.operators.images.Upsampling;
import dev.entrepot.importers.torch.operators.indexing.Embeddings;
import dev.entrepot.importers.torch.operators.indexing.Indexing;
import dev.entrepot.importers.torch.operators.indexing.Scattering;
import dev.entrepot.importers.torch.operators.layers.Attention;
import dev.entrepot.importers.torch.operators.layers.ClassLosses;
import dev.entrepot.importers.torch.operators.layers.Convolutions;
import dev.entrepot.importers.torch.operators.layers.Dropouts;
import dev.entrepot.importers.torch.operators.layers.Losses;
import dev.entrepot.importers.torch.operators.layers.Normalizations;
import dev.entrepot.importers.torch.operators.layers.PackedSequence;
import dev.entrepot.importers.torch.operators.layers.Recurrent;
import dev.entrepot.importers.torch.operators.layers.RecurrentCells;
import dev.entrepot.importers.torch.operators.layers.TransformerLayers;
import dev.entrepot.importers.torch.operators.plain.Conditions;
import dev.entrepot.importers.torch.operators.plain.Dictionaries;
import dev.entrepot.importers.torch.operators.plain.Glue;
import dev.entrepot.importers.torch.operators.plain.Lists;
import dev.entrepot.importers.torch.operators.plain.Numerics;
import dev.entrepot.importers.torch.operators.plain.Texts;
import dev.entrepot.importers.torch.operators.pointwise.Activations;
import dev.entrepot.importers.torch.operators.pointwise.Arithmetic;
import dev.entrepot.importers.torch.operators.pointwise.Bits;
import dev.entrepot.importers.torch.operators.pointwise.Casting;
import dev.entrepot.importers.torch.operators.pointwise.Choices;
import dev.entrepot.importers.torch.operators.pointwise.Comparisons;
import dev.entrepot.importers.torch.operators.pointwise.Functions;
import dev.entrepot.importers.torch.operators.pointwise.Powers;
import dev.entrepot.importers.torch.operators.pointwise.Rounding;
import dev.entrepot.importers.torch.operators.products.Distances;
import dev.entrepot.importers.torch.operators.products.Matrices;
import dev.entrepot.importers.torch.operators.products.Products;
import dev.entrepot.importers.torch.operators.quantized.DecomposedQuantization;
import dev.entrepot.importers.torch.operators.quantized.Quantization;
import dev.entrepot.importers.torch.operators.quantized.QuantizedKernels;
import dev.entrepot.importers.torch.operators.reductions.Extremes;
import dev.entrepot.importers.torch.operators.reductions.Norms;
import dev.entrepot.importers.torch.operators.reductions.Prefixes;
import dev.entrepot.importers.torch.operators.reductions.Reductions;
import dev.entrepot.importers.torch.operators.reductions.Softmaxes;
import dev.entrepot.importers.torch.operators.reductions.Sorting;
import dev.entrepot.importers.torch.operators.reductions.Uniqueness;
import dev.entrepot.importers.torch.operators.shapes.Axes;
import dev.entrepot.importers.torch.operators.shapes.Joining;
import dev.entrepot.importers.torch.operators.shapes.Shapes;
import dev.entrepot.importers.torch.operators.shapes.Slices;
import dev.entrepot.importers.torch.operators.shapes.Stretching;
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
