package dev.entrepot.traced;

import dev.entrepot.importers.WalkNotes;
import dev.entrepot.onnx.graph.Graph;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import dev.entrepot.tensor.Tensor;
import org.graalvm.polyglot.Value;

/** What differs between the frameworks whose source is run: the shim's module that makes and runs a network, and the graph it grows. */
public interface TracedFramework {

    /** The framework's name. */
    String name();

    /** The shim's module with {@code make}, {@code state}, {@code bind_all}, {@code parameters} and {@code run}. */
    String module();

    /** Gives the shim its functions. */
    void connect(Sandbox sandbox);

    /** The element type of a parameter, as the shim tells it. */
    DataType dataType(Value told);

    /** Whether a name in a file of weights is that of a counter of training, which a network in use does not need. */
    boolean isCounter(String name);

    /** Adds a graph input; the answer is for the shim to hold. */
    Object input(String name, DataType type, Shape shape);

    /** Adds a tensor of the weights; the answer is for the shim to hold. */
    Object parameter(String name, Tensor tensor);

    /** Keeps a name free for an output. */
    void reserve(String name);

    /** Makes what the shim holds an output. */
    void output(String name, Value held);

    /** Where the walk stands and what it found. */
    WalkNotes notes();

    /** @throws dev.entrepot.bytes.ModelException with all that could not be lowered */
    Graph build();
}
