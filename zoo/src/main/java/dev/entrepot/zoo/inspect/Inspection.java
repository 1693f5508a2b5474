package dev.entrepot.zoo.inspect;

import java.util.List;

/**
 * What a file is. Its components are named as the JSON that users see.
 *
 * @param file the file's name
 * @param bytes its size
 * @param framework the framework it belongs to, or the container's maker
 * @param format the form of file, such as {@code caffemodel}
 * @param name the model's own name, may be empty
 * @param inputs the model's inputs, such as {@code data float32[1, 3, 224, 224]}
 * @param outputs the model's outputs, as far as the file states them
 * @param layers the layers or nodes
 * @param tensors the weights or arrays
 * @param parameters the number of elements of all tensors
 * @param notes what else the file says of itself, and what is odd about it
 */
public record Inspection(
        String file,
        long bytes,
        String framework,
        String format,
        String name,
        List<String> inputs,
        List<String> outputs,
        List<Layer> layers,
        List<TensorFact> tensors,
        long parameters,
        List<String> notes) {

    public Inspection {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        layers = List.copyOf(layers);
        tensors = List.copyOf(tensors);
        notes = List.copyOf(notes);
    }

    /**
     * A layer or node.
     *
     * @param name its name
     * @param type its type or operator
     * @param inputs what it reads
     * @param outputs what it makes
     */
    public record Layer(String name, String type, List<String> inputs, List<String> outputs) {}

    /**
     * A weight or array.
     *
     * @param name its name
     * @param dtype its element type as NumPy has it
     * @param shape its sizes
     */
    public record TensorFact(String name, String dtype, List<Long> shape) {}
}
