package dev.entrepot.importers.caffe;

import static java.util.Map.entry;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.formats.caffe.CaffeLayer;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many bottoms and tops a layer of BVLC Caffe has. Source: caffe layer.hpp, {@code CheckBlobCounts}, and what each layer's header says
 * to it. Layers that count for themselves, and those of forks, are not listed.
 */
record BlobCounts(int minBottoms, int maxBottoms, int minTops, int maxTops) {

    private static final int ANY = Integer.MAX_VALUE;

    private static final BlobCounts ONE_TO_ONE = new BlobCounts(1, 1, 1, 1);

    private static final Map<String, BlobCounts> TABLE = Stream.concat(
                    Stream.of(
                                    "AbsVal ArgMax BNLL BatchNorm Clip Dropout ELU Embed Exp Flatten Im2col InnerProduct LRN Log",
                                    "MVN PReLU Power ReLU Reduction Reshape SPP Sigmoid Softmax Swish TanH Threshold Tile")
                            .flatMap(types -> Stream.of(types.split(" ")))
                            .map(type -> entry(type, ONE_TO_ONE)),
                    Stream.of(
                            entry("Axpy", new BlobCounts(3, 3, 1, 1)),
                            entry("BatchReindex", new BlobCounts(2, 2, 1, 1)),
                            entry("Bias", new BlobCounts(1, 2, 1, 1)),
                            entry("Concat", new BlobCounts(1, ANY, 1, 1)),
                            entry("Convolution", new BlobCounts(1, ANY, 1, ANY)),
                            entry("Crop", new BlobCounts(2, 2, 1, 1)),
                            entry("Deconvolution", new BlobCounts(1, ANY, 1, ANY)),
                            entry("DummyData", new BlobCounts(0, 0, 1, ANY)),
                            entry("Eltwise", new BlobCounts(2, ANY, 1, 1)),
                            entry("Filter", new BlobCounts(2, ANY, 1, ANY)),
                            entry("Input", new BlobCounts(0, 0, 1, ANY)),
                            entry("LSTMUnit", new BlobCounts(3, 3, 2, 2)),
                            entry("Parameter", new BlobCounts(0, 0, 1, 1)),
                            entry("Pooling", new BlobCounts(1, 1, 1, 2)),
                            entry("Scale", new BlobCounts(1, 2, 1, 1)),
                            entry("Silence", new BlobCounts(1, ANY, 0, 0)),
                            entry("Slice", new BlobCounts(1, 1, 1, ANY)),
                            entry("Split", new BlobCounts(1, 1, 1, ANY))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** @throws ModelException malformed, if the layer has too many or too few of either */
    static void check(CaffeLayer layer) {
        BlobCounts counts = TABLE.get(layer.type());
        if (counts == null) {
            return;
        }
        check(layer, "bottom", layer.bottoms().size(), counts.minBottoms, counts.maxBottoms);
        check(layer, "top", layer.tops().size(), counts.minTops, counts.maxTops);
        if (layer.type().endsWith("onvolution")
                && layer.bottoms().size() != layer.tops().size()) {
            throw malformed(
                    layer,
                    "has " + layer.bottoms().size() + " bottoms and "
                            + layer.tops().size() + " tops, one top for each bottom is expected");
        }
    }

    private static void check(CaffeLayer layer, String what, int count, int least, int most) {
        if (count >= least && count <= most) {
            return;
        }
        String expected = least == most ? "exactly " + least : count < least ? "at least " + least : "at most " + most;
        throw malformed(layer, "has " + count + " " + what + (count == 1 ? "" : "s") + ", it takes " + expected);
    }

    private static ModelException malformed(CaffeLayer layer, String why) {
        return ModelException.malformed(layer.location(), layer.toString(), why);
    }
}
