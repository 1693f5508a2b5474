package dev.entrepot.importers.chainer.functions.algebra;

import static dev.entrepot.importers.chainer.functions.entries.Entries.many;

import dev.entrepot.importers.chainer.call.FunctionCall;
import dev.entrepot.importers.chainer.call.Support;
import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.List;

/** Fourier transforms of pairs of real and imaginary parts, along the last axis. Source: chainer/functions/math/fft.py. */
public final class Fourier {

    // spotless:off
    /** The family's lines of the table. */
    public static final List<Support> TABLE =
            List.of(many("fft(x)", call -> transformed(call, 0)), many("ifft(x)", call -> transformed(call, 1)));
    // spotless:on

    private Fourier() {}

    private static List<Value> transformed(FunctionCall call, long inverse) {
        List<Value> parts = call.values("x");
        if (parts.size() != 2) {
            throw call.malformed("has " + parts.size() + " parts, expected a real and an imaginary one");
        }
        Value real = parts.get(0);
        int rank = call.rank(real);
        List<SizeExpr> sizes = call.sizes(real);
        Value both = call.concat(
                rank, parts.stream().map(part -> call.unsqueeze(part, rank)).toList());
        Value signal = rank == 1 ? call.unsqueeze(both, 0) : both;
        Value spectrum = call.add("DFT", Attributes.of("inverse", inverse), signal);
        Value plain = rank == 1 ? call.squeeze(spectrum, 0) : spectrum;
        return List.of(part(call, plain, rank, 0, sizes), part(call, plain, rank, 1, sizes));
    }

    private static Value part(FunctionCall call, Value both, int axis, long index, List<SizeExpr> sizes) {
        return call.sized(
                call.add("Gather", Attributes.of("axis", axis), both, call.scalar(index, DataType.INT64)), sizes);
    }
}
