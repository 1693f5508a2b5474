package dev.entrepot.importers.torch.operators.layers;

import dev.entrepot.importers.size.SizeExpr;
import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.onnx.build.GraphBuilder;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import java.util.List;

/**
 * The parameters of one layer's one direction, in PyTorch's order: the input's weight [gates H, C], the hidden state's [gates H, H],
 * their biases, and for an LSTM that projects its state the weight [P, H] of that.
 */
record RecurrentCell(List<Value> parameters, boolean isBiased) {

    Value input() {
        return parameters.get(0);
    }

    Value hidden() {
        return parameters.get(1);
    }

    List<Value> biases() {
        return parameters.subList(2, 4);
    }

    boolean isProjected() {
        return parameters.size() % 2 == 1;
    }

    private Value projection() {
        return parameters.get(parameters.size() - 1);
    }

    /**
     * Runs a projecting LSTM over input [T, N, C], backwards if wanted.
     *
     * @return the last states [N, P] and [N, H], and the hidden states [T, N, P]
     */
    List<Value> scan(AtenCall call, Value input, Value h, Value c, boolean backwards) {
        Value products = call.add("MatMul", input, call.transpose(input(), 1, 0));
        if (isBiased) {
            products = call.add("Add", call.add("Add", products, parameters.get(2)), parameters.get(3));
        }
        Value hidden = call.transpose(hidden(), 1, 0);
        Value projection = call.transpose(projection(), 1, 0);
        GraphBuilder step = call.graph().builder().subgraph("step");
        Value lastH = step.input("h", h.dataType(), h.shape());
        Value lastC = step.input("c", c.dataType(), c.shape());
        var dims = products.shape().dims();
        Value product =
                step.input("gates", products.dataType(), dev.entrepot.tensor.Shape.of(dims.subList(1, dims.size())));
        List<Value> gates = step.add(
                "Split",
                4,
                Attributes.of("axis", -1).with("num_outputs", 4),
                List.of(step.add("Add", product, step.add("MatMul", lastH, hidden))));
        Value kept = step.add("Mul", step.add("Sigmoid", gates.get(1)), lastC);
        Value fresh = step.add("Mul", step.add("Sigmoid", gates.get(0)), step.add("Tanh", gates.get(2)));
        Value nextC = step.add("Add", kept, fresh);
        Value opened = step.add("Mul", step.add("Sigmoid", gates.get(3)), step.add("Tanh", nextC));
        Value nextH = step.add("MatMul", opened, projection);
        step.output(nextH);
        step.output(nextC);
        step.output(step.add("Identity", nextH));
        Attributes attributes = Attributes.of("num_scan_inputs", 1).with("body", step.build());
        if (backwards) {
            attributes = attributes
                    .with("scan_input_directions", new long[] {1})
                    .with("scan_output_directions", new long[] {1});
        }
        List<Value> results = call.add("Scan", 3, attributes, List.of(h, c, products));
        List<SizeExpr> sizes = List.of(call.size(input, 0), call.size(input, 1), call.size(projection(), 0));
        return List.of(results.get(0), results.get(1), call.sized(results.get(2), sizes));
    }
}
