package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.formats.prototxt.ProtoMessage;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.List;

/**
 * One layer of a net, in the newest form whatever form its file has.
 *
 * @param name the layer's name; not necessarily unique
 * @param type the type's exact spelling, such as {@code InnerProduct}
 * @param bottoms the blobs it reads
 * @param tops the blobs it writes; one may be a bottom too (in place)
 * @param message the whole layer, with its parameters such as {@code pooling_param}, without its blobs
 * @param blobs its learned parameters; empty where no file holds any
 * @param location where the layer stands
 */
public record CaffeLayer(
        String name,
        String type,
        List<String> bottoms,
        List<String> tops,
        ProtoMessage message,
        List<CaffeBlob> blobs,
        SourceLocation location) {

    public CaffeLayer {
        bottoms = List.copyOf(bottoms);
        tops = List.copyOf(tops);
        blobs = List.copyOf(blobs);
    }

    /** The parameter message of this name, such as {@code pooling_param}; empty if the layer has none. */
    public ProtoMessage param(String name) {
        return message.message(name);
    }

    /** The names under which its learned parameters are shared with other layers, by blob; empty where one is not shared. */
    public List<String> paramNames() {
        return message.messages("param").stream()
                .map(spec -> spec.stringOr("name", ""))
                .toList();
    }

    /** This layer with other learned parameters. */
    public CaffeLayer withBlobs(List<CaffeBlob> others) {
        return new CaffeLayer(name, type, bottoms, tops, message, others, location);
    }

    /**
     * The learned parameter at {@code index}, in the shape that the layer's definition asks for.
     *
     * @throws ModelException malformed, with both shapes, if there is no such blob or it has another shape
     */
    public Tensor weights(int index, long... shape) {
        CaffeBlob blob = blob(index);
        if (!blob.fits(shape)) {
            throw ModelException.malformed(
                    blob.location(),
                    toString(),
                    "blob " + index + " has the shape " + blob.shape() + ", the layer's definition asks for "
                            + Shape.of(shape));
        }
        return blob.tensor().reshape(shape);
    }

    /**
     * The learned parameter at {@code index}, in the file's shape.
     *
     * @throws ModelException malformed if there is no such blob
     */
    public CaffeBlob blob(int index) {
        if (index >= blobs.size()) {
            throw ModelException.malformed(
                    location, toString(), "needs blob " + index + ", but its weights hold " + blobs.size() + " blobs");
        }
        return blobs.get(index);
    }

    /** @throws ModelException malformed unless there are exactly so many blobs, as Caffe asks for when it copies weights */
    public void requireBlobs(int count) {
        if (blobs.size() != count) {
            throw ModelException.malformed(
                    blobs.isEmpty() ? location : blobs.get(0).location(),
                    toString(),
                    "has " + blobs.size() + " blobs of weights, its definition asks for " + count);
        }
    }

    /** {@code layer "pool1" (Pooling)}. */
    @Override
    public String toString() {
        return "layer \"" + name + "\" (" + type + ")";
    }
}
