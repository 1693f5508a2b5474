package dev.entrepot.formats.torch;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.SwappedData;
import dev.entrepot.tensor.Tensor;
import dev.entrepot.tensor.TensorData;
import java.util.List;
import java.util.Optional;

/** Makes tensors of storages, offsets, sizes and strides, none of which is trusted. */
final class Views {

    /** Computed (repeated) tensors may be this large; others are no larger than their storage. */
    private static final long LARGEST_REPEATED = 256L << 20;

    private static final int HIGHEST_RANK = 64;

    private Views() {}

    /**
     * A view of a storage: a slice where it is contiguous, gathered where not.
     *
     * @throws ModelException if the view leaves the storage, has a negative size, stride or offset, or repeats elements beyond a limit
     */
    static TorchTensor view(
            Storage storage,
            TorchDtype dtype,
            long offset,
            List<Long> sizes,
            List<Long> strides,
            SourceLocation where) {
        if (dtype.dataType() == DataType.UNDEFINED) {
            throw ModelException.unsupported(where, "tensor", "has the element type " + dtype.torchName());
        }
        requireSound(offset, sizes, strides, where);
        long elements = product(sizes, where);
        long stored = storage.bytes().length() / dtype.itemBytes();
        long last = elements == 0 ? offset - 1 : last(offset, sizes, strides, where);
        if (last >= stored) {
            throw ModelException.malformed(
                    where,
                    "tensor " + dtype.torchName() + sizes,
                    "with strides " + strides + " and offset " + offset + " reaches element " + last
                            + " of its storage \"" + storage.key() + "\", which has " + stored);
        }
        long bytes = bytes(elements, dtype, where);
        if (bytes > storage.bytes().length() && bytes > LARGEST_REPEATED) {
            throw ModelException.limitExceeded(
                    where,
                    "tensor " + dtype.torchName() + sizes,
                    "repeats the elements of its storage up to " + bytes + " bytes, the limit is " + LARGEST_REPEATED);
        }
        TensorData data = data(storage, dtype, offset, sizes, strides, elements, bytes);
        Tensor tensor = new Tensor(dtype.dataType(), Shape.of(array(sizes)), data);
        TorchTensor.View view = new TorchTensor.View(storage.key(), offset, sizes, strides);
        return new TorchTensor(tensor, dtype, Optional.empty(), false, false, Optional.of(view));
    }

    private static TensorData data(
            Storage storage,
            TorchDtype dtype,
            long offset,
            List<Long> sizes,
            List<Long> strides,
            long elements,
            long bytes) {
        int item = dtype.itemBytes();
        TensorData data;
        if (elements == 0) {
            data = TensorData.of(new byte[0]);
        } else if (isContiguous(sizes, strides)) {
            data = TensorData.of(storage.bytes().slice(offset * item, bytes));
        } else {
            data = new StridedData(storage.bytes(), item, offset, array(sizes), array(strides));
        }
        return storage.bigEndian() && dtype.swapUnit() > 1 ? new SwappedData(data, dtype.swapUnit()) : data;
    }

    /** Whether elements lie row-major without gaps; axes of size 1 do not matter. */
    private static boolean isContiguous(List<Long> sizes, List<Long> strides) {
        long expected = 1;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            if (sizes.get(axis) != 1) {
                if (strides.get(axis) != expected) {
                    return false;
                }
                expected *= sizes.get(axis);
            }
        }
        return true;
    }

    private static void requireSound(long offset, List<Long> sizes, List<Long> strides, SourceLocation where) {
        if (sizes.size() != strides.size()) {
            throw ModelException.malformed(
                    where, "tensor", "has " + sizes.size() + " sizes and " + strides.size() + " strides");
        }
        if (sizes.size() > HIGHEST_RANK) {
            throw ModelException.limitExceeded(
                    where, "tensor", "has " + sizes.size() + " axes, the limit is " + HIGHEST_RANK);
        }
        boolean negative = offset < 0
                || sizes.stream().anyMatch(size -> size < 0)
                || strides.stream().anyMatch(stride -> stride < 0);
        if (negative) {
            throw ModelException.malformed(
                    where,
                    "tensor",
                    "has the sizes " + sizes + ", strides " + strides + " and storage offset " + offset
                            + "; none may be negative");
        }
    }

    private static long product(List<Long> sizes, SourceLocation where) {
        if (sizes.contains(0L)) {
            return 0;
        }
        try {
            return sizes.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw ModelException.malformed(
                    where, "tensor", "of shape " + sizes + " has more elements than 64 bits count");
        }
    }

    private static long last(long offset, List<Long> sizes, List<Long> strides, SourceLocation where) {
        try {
            long last = offset;
            for (int axis = 0; axis < sizes.size(); axis++) {
                last = Math.addExact(last, Math.multiplyExact(sizes.get(axis) - 1, strides.get(axis)));
            }
            return last;
        } catch (ArithmeticException e) {
            throw ModelException.malformed(
                    where, "tensor", "of shape " + sizes + " and strides " + strides + " reaches beyond 64 bits");
        }
    }

    private static long bytes(long elements, TorchDtype dtype, SourceLocation where) {
        try {
            return Math.multiplyExact(elements, (long) dtype.itemBytes());
        } catch (ArithmeticException e) {
            throw ModelException.malformed(
                    where, "tensor", "of " + elements + " elements has more bytes than 64 bits count");
        }
    }

    private static long[] array(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
