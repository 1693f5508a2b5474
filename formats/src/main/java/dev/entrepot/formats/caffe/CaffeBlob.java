package dev.entrepot.formats.caffe;

import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import java.util.Arrays;

/**
 * One array of a layer's learned parameters.
 *
 * @param tensor the numbers, always float32, in the shape the file states
 * @param form how the file states the shape
 * @param location where the blob stands in its file
 */
public record CaffeBlob(Tensor tensor, ShapeForm form, SourceLocation location) {

    private static final int LEGACY_RANK = 4;

    /** How a blob's shape is stated. */
    public enum ShapeForm {
        /** {@code num}, {@code channels}, {@code height}, {@code width}: four dimensions, filled up with ones from the left. */
        LEGACY,
        /** A {@code BlobShape} of any rank. */
        BLOB_SHAPE
    }

    /** @throws IllegalArgumentException if the numbers are not float32, or a legacy shape has not four dimensions */
    public CaffeBlob {
        if (tensor.type() != DataType.FLOAT) {
            throw new IllegalArgumentException("a blob holds float32, got " + tensor);
        }
        if (form == ShapeForm.LEGACY && tensor.shape().rank() != LEGACY_RANK) {
            throw new IllegalArgumentException("a legacy blob has four dimensions, got " + tensor);
        }
    }

    /** The shape as the file states it. */
    public Shape shape() {
        return tensor.shape();
    }

    /**
     * Whether this blob fills a parameter of this shape. A legacy shape is compared from the right, with ones before it: [1, 1, 1, 10]
     * fills [10].
     *
     * <p>Source: caffe blob.cpp, ShapeEquals.
     */
    public boolean fits(long... expected) {
        long[] own = shape().sizes();
        if (form == ShapeForm.BLOB_SHAPE) {
            return Arrays.equals(own, expected);
        }
        if (expected.length > LEGACY_RANK) {
            return false;
        }
        for (int fromRight = 1; fromRight <= LEGACY_RANK; fromRight++) {
            long wanted = fromRight <= expected.length ? expected[expected.length - fromRight] : 1;
            if (own[LEGACY_RANK - fromRight] != wanted) {
                return false;
            }
        }
        return true;
    }
}
