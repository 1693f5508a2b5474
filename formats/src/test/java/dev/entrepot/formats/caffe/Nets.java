package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.caffe.CaffeBlob.ShapeForm;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Small nets for tests. */
final class Nets {

    static final String SMALL = """
            name: "small"
            layer { name: "data" type: "Input" top: "data" input_param { shape { dim: 1 dim: 2 dim: 5 dim: 5 } } }
            layer {
              name: "conv" type: "Convolution" bottom: "data" top: "conv"
              param { lr_mult: 1.0 decay_mult: 1.0 } param { lr_mult: 2.0 decay_mult: 0.0 }
              convolution_param { num_output: 3 pad: 1 kernel_size: 3 weight_filler { type: "xavier" } }
            }
            layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
            layer { name: "pool" type: "Pooling" bottom: "conv" top: "pool" pooling_param { pool: AVE kernel_size: 3 stride: 2 } }
            layer { name: "fc" type: "InnerProduct" bottom: "pool" top: "fc" inner_product_param { num_output: 4 bias_term: false } }
            layer { name: "prob" type: "Softmax" bottom: "fc" top: "prob" }
            """;

    private Nets() {}

    /** A net that every generation can say, with weights. */
    static CaffeNet small() {
        CaffeNet net = CaffeNets.readPrototxt(Canonical.source(SMALL), NetState.TEST);
        List<CaffeLayer> layers = new ArrayList<>(net.layers());
        layers.set(1, layers.get(1).withBlobs(List.of(blob(3, 2, 3, 3), blob(3))));
        layers.set(4, layers.get(4).withBlobs(List.of(blob(4, 12))));
        return new CaffeNet(net.name(), layers, List.of(), List.of(), List.of(), List.of(), net.files());
    }

    static CaffeBlob blob(long... sizes) {
        Shape shape = Shape.of(sizes);
        float[] values = new float[(int) shape.elementCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.25f - 1;
        }
        return new CaffeBlob(Tensor.of(shape, values), ShapeForm.BLOB_SHAPE, SourceLocation.file("made"));
    }

    /** The layers as canonical texts, each with its numbers, without Input layers, whose names old forms lose. */
    static List<String> layersWithoutInput(CaffeNet net) {
        return net.layers().stream()
                .filter(layer -> !layer.type().equals("Input"))
                .map(layer -> Canonical.text(layer.message())
                        + layer.blobs().stream()
                                .map(blob -> List.of(boxed(blob.tensor().toFloats())))
                                .toList())
                .toList();
    }

    private static Float[] boxed(float[] values) {
        Float[] boxed = new Float[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }
}
