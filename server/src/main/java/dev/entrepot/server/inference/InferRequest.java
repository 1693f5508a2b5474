package dev.entrepot.server.inference;

import dev.entrepot.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A request to run a model.
 *
 * @param id the caller's name for it, empty if there is none
 * @param inputs the inputs
 * @param outputs the outputs that are wanted; none for all of them
 * @param binaryByDefault whether outputs are answered as binary data where they do not say
 */
record InferRequest(String id, List<Input> inputs, List<Output> outputs, boolean binaryByDefault) {

    /** Nothing is said: all outputs, of whatever the body is. */
    static final InferRequest EMPTY = new InferRequest("", List.of(), List.of(), false);

    InferRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** An input's name and elements. */
    sealed interface Input {
        String name();
    }

    /** Elements of a fixed size. */
    record Numbers(String name, Tensor tensor) implements Input {}

    /**
     * Elements that are runs of bytes: strings, or whole images.
     *
     * @param shape the dimensions
     * @param elements row-major
     */
    record Bytes(String name, List<Long> shape, List<byte[]> elements) implements Input {
        Bytes {
            shape = List.copyOf(shape);
            elements = List.copyOf(elements);
        }
    }

    /**
     * An output that is wanted.
     *
     * @param binary whether as binary data, if that is said
     * @param classes how many of the highest classes to tell instead of the tensor; 0 for the tensor
     */
    record Output(String name, Optional<Boolean> binary, int classes) {}
}
