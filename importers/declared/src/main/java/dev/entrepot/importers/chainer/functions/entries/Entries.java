package dev.entrepot.importers.chainer.functions.entries;

import dev.entrepot.importers.chainer.call.Argument;
import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Signature;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.onnx.graph.Value;
import java.util.List;
import java.util.function.Function;

/** How a family writes its lines of the {@link dev.entrepot.importers.chainer.functions.FunctionTable}: each with the function's signature, as Python has it. */
public final class Entries {

    private Entries() {}

    /** A function with one result. */
    public static Support one(String signature, Function<FunctionCall, Value> lowering) {
        return new Support.Lowered(Signature.parse(signature), call -> Argument.of(lowering.apply(call)));
    }

    /** A function with a tuple of results. */
    public static Support many(String signature, Function<FunctionCall, List<Value>> lowering) {
        return new Support.Lowered(Signature.parse(signature), call -> Argument.ofAll(lowering.apply(call)));
    }

    /** A function that gives a plain value, or a variable or a tuple as the case may be. */
    public static Support plain(String signature, Support.Lowering lowering) {
        return new Support.Lowered(Signature.parse(signature), lowering);
    }

    /** A function that is known and refused. */
    public static Support refuse(String signature, String reason) {
        return new Support.Refused(Signature.parse(signature), reason);
    }
}
