package dev.entrepot.importers.torch.aten;

import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import dev.entrepot.tensor.Shape;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of the program. ONNX values never change, so an in-place operator gives its tensor a new value, and a view is computed
 * again from its base once the base has changed.
 *
 * <p>Source: aten/src/ATen/FunctionalTensorWrapper.h, functionalization of views and mutations.
 */
public final class TensorRef implements IValue {

    private @Nullable View view;
    private final TorchGraph owner;
    private final long serial;
    private Value value;
    private long generation;

    /**
     * How a view hangs together with its base.
     *
     * @param base the tensor that it shows a part of
     * @param replay computes the view's value from the base's
     * @param writeBack computes the base's value from its old one and the view's
     * @param isContiguous whether the elements that it shows lie one after the other
     */
    record View(TensorRef base, UnaryOperator<Value> replay, BinaryOperator<Value> writeBack, boolean isContiguous) {

        /** What this view becomes when it is itself viewed through another. */
        View then(View outer) {
            return new View(
                    base,
                    value -> outer.replay.apply(replay.apply(value)),
                    (before, changed) -> writeBack.apply(before, outer.writeBack.apply(replay.apply(before), changed)),
                    outer.isContiguous);
        }
    }

    TensorRef(TorchGraph owner, Value value, @Nullable View view) {
        this.owner = owner;
        this.serial = owner.nextSerial();
        this.value = value;
        this.view = view;
        this.generation = view == null ? 0 : root().generation;
    }

    /** The tensor's value now. */
    public Value value() {
        if (view != null && generation != root().generation) {
            value = view.replay.apply(view.base.value());
            generation = root().generation;
            owner.replayed(this);
        }
        return value;
    }

    /** The element type. */
    public DataType dataType() {
        return value.dataType();
    }

    /** The shape now. */
    public Shape shape() {
        return value().shape();
    }

    /** Whether the elements lie one after the other. Those of a tensor that is no view do. */
    public boolean isContiguous() {
        return view == null || view.isContiguous;
    }

    /** The tensor shows its memory as a view of itself would, from now on: for {@code unsqueeze_} and its like. */
    void reshape(Value next, View asView) {
        if (view == null) {
            assign(next);
            return;
        }
        view = view.then(asView);
        value = next;
    }

    /** Gives the tensor a new value, and with it all that share its memory. */
    public void assign(Value next) {
        owner.journal(this);
        if (view == null) {
            value = next;
            generation++;
            return;
        }
        view.base.assign(view.writeBack.apply(view.base.value(), next));
        value = next;
        generation = root().generation;
    }

    /** Tensors that were made later have larger numbers. */
    long serial() {
        return serial;
    }

    /** The tensor whose memory this one shows; itself unless it is a view. */
    TensorRef root() {
        return view == null ? this : view.base.root();
    }

    /** Takes back what was assigned since {@code earlier} was the value of this tensor, which is no view. */
    void restore(Value earlier) {
        value = earlier;
        generation++;
    }

    /** Forgets a view's value, which was computed in a subgraph that is closed now. */
    void forget() {
        generation = -1;
    }

    @Override
    public String toString() {
        return "Tensor " + dataType().numpyName() + value.shape();
    }
}
