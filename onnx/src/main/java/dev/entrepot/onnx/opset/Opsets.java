package dev.entrepot.onnx.opset;

import dev.entrepot.bytes.ModelException;
import dev.entrepot.bytes.SourceLocation;
import dev.entrepot.onnx.graph.Model;
import dev.entrepot.onnx.schema.Operators;

/** Brings models from one ai.onnx operator set to another. Other domains stay as they are. */
public final class Opsets {

    /** The oldest operator set that models come from and go to: ONNX Runtime has no kernels for older ones. */
    public static final long OLDEST = 7;

    private Opsets() {}

    /**
     * The model in the house opset. Model-local functions are written out where they are called, unless the model is in it already.
     *
     * @param file the model's name, for messages
     * @param model a sound model
     * @throws ModelException (unsupported) with every node that means something that the house opset cannot say
     */
    public static Model toHouse(String file, Model model) {
        if (model.opset() == Model.HOUSE_OPSET) {
            return IrVersion.inHouse(model);
        }
        require(file, model.opset(), Operators.onnx().latestOpset(""), "imports ai.onnx ");
        return IrVersion.inHouse(new ModelConversion(file, model, Model.HOUSE_OPSET).convert());
    }

    /**
     * A model of the house opset in an older one, with the IR version of the ONNX release that brought that opset. Below IR version 10
     * nodes have no metadata; their {@link dev.entrepot.onnx.graph.Origin origin} moves to their documentation text.
     *
     * @param file the model's name, for messages
     * @param model a sound model in the house opset
     * @param opset from {@link #OLDEST} to {@link Model#HOUSE_OPSET}
     * @throws ModelException (unsupported) with every node that the older opset cannot express, or if there is no way to the opset
     */
    public static Model fromHouse(String file, Model model, long opset) {
        if (model.opset() != Model.HOUSE_OPSET) {
            throw new IllegalArgumentException(
                    "a model in opset " + Model.HOUSE_OPSET + " is expected, got one in opset " + model.opset());
        }
        require(file, opset, Model.HOUSE_OPSET, "is asked for in ai.onnx ");
        if (opset == Model.HOUSE_OPSET) {
            return model;
        }
        return IrVersion.ofOpset(new ModelConversion(file, model, opset).convert());
    }

    private static void require(String file, long opset, long newest, String found) {
        if (opset < OLDEST || opset > newest) {
            throw ModelException.unsupported(
                    SourceLocation.file(file), "model", found + opset + ", expected " + OLDEST + " to " + newest);
        }
    }
}
