package dev.entrepot.importers.chainer.functions;

import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.chainer.functions.algebra.Fourier;
import dev.entrepot.importers.chainer.functions.algebra.LinearAlgebra;
import dev.entrepot.importers.chainer.functions.algebra.Products;
import dev.entrepot.importers.chainer.functions.arrays.Broadcasting;
import dev.entrepot.importers.chainer.functions.arrays.Indexing;
import dev.entrepot.importers.chainer.functions.arrays.Joining;
import dev.entrepot.importers.chainer.functions.arrays.NumpyArrays;
import dev.entrepot.importers.chainer.functions.arrays.Ordering;
import dev.entrepot.importers.chainer.functions.arrays.Padding;
import dev.entrepot.importers.chainer.functions.arrays.Reductions;
import dev.entrepot.importers.chainer.functions.arrays.Shapes;
import dev.entrepot.importers.chainer.functions.elements.Activations;
import dev.entrepot.importers.chainer.functions.elements.Arithmetic;
import dev.entrepot.importers.chainer.functions.elements.Elementwise;
import dev.entrepot.importers.chainer.functions.elements.ErrorFunctions;
import dev.entrepot.importers.chainer.functions.elements.GammaFunctions;
import dev.entrepot.importers.chainer.functions.elements.Noise;
import dev.entrepot.importers.chainer.functions.images.Patches;
import dev.entrepot.importers.chainer.functions.images.Resizing;
import dev.entrepot.importers.chainer.functions.images.SpatialTransformers;
import dev.entrepot.importers.chainer.functions.layers.Connections;
import dev.entrepot.importers.chainer.functions.layers.Convolutions;
import dev.entrepot.importers.chainer.functions.layers.Deconvolutions;
import dev.entrepot.importers.chainer.functions.layers.Normalizations;
import dev.entrepot.importers.chainer.functions.layers.Pooling;
import dev.entrepot.importers.chainer.functions.layers.RoiPooling;
import dev.entrepot.importers.chainer.functions.layers.Unpooling;
import dev.entrepot.importers.chainer.functions.losses.ClassLosses;
import dev.entrepot.importers.chainer.functions.losses.Evaluation;
import dev.entrepot.importers.chainer.functions.losses.Losses;
import dev.entrepot.importers.chainer.functions.losses.Sequences;
import dev.entrepot.importers.chainer.functions.recurrent.Recurrent;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The table from {@code chainer.functions} to ONNX, joined from one list a family. Beside the public functions it holds the operators of
 * variables under the names they have in chainer/functions/math/basic_math.py, such as {@code sub} and {@code floordiv}.
 */
public final class FunctionTable {

    private static final Map<String, Support> TABLE = joined(
            Activations.TABLE,
            Arithmetic.TABLE,
            Broadcasting.TABLE,
            ClassLosses.TABLE,
            Connections.TABLE,
            Convolutions.TABLE,
            Deconvolutions.TABLE,
            Elementwise.TABLE,
            ErrorFunctions.TABLE,
            Evaluation.TABLE,
            Fourier.TABLE,
            GammaFunctions.TABLE,
            Indexing.TABLE,
            Joining.TABLE,
            LinearAlgebra.TABLE,
            Losses.TABLE,
            Noise.TABLE,
            Normalizations.TABLE,
            NumpyArrays.TABLE,
            Ordering.TABLE,
            Padding.TABLE,
            Patches.TABLE,
            Pooling.TABLE,
            Products.TABLE,
            Recurrent.TABLE,
            Reductions.TABLE,
            Resizing.TABLE,
            RoiPooling.TABLE,
            Sequences.TABLE,
            Shapes.TABLE,
            SpatialTransformers.TABLE,
            Unpooling.TABLE);

    private FunctionTable() {}

    @SafeVarargs
    private static Map<String, Support> joined(List<Support>... families) {
        Map<String, Support> joined = new TreeMap<>();
        Stream.of(families).flatMap(List::stream).forEach(line -> {
            String name = line.signature().name();
            if (joined.put(name, line) != null) {
                throw new IllegalStateException(name + " is registered twice");
            }
        });
        return Collections.unmodifiableMap(joined);
    }

    /** What becomes of a function; empty if it is not known. */
    public static Optional<Support> find(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    /** All known functions, sorted; those that are refused too. */
    public static Set<String> names() {
        return TABLE.keySet();
    }

    /** Why a function is refused; empty if it is not. */
    public static Optional<String> refusal(String name) {
        return find(name)
                .filter(Support.Refused.class::isInstance)
                .map(support -> ((Support.Refused) support).reason());
    }
}
