package dev.entrepot.importers.torch.operators.layers;

import static dev.entrepot.importers.torch.operators.entries.Entries.many;
import static dev.entrepot.importers.torch.operators.entries.Entries.one;

import dev.entrepot.importers.torch.aten.AtenCall;
import dev.entrepot.importers.torch.aten.Support;
import dev.entrepot.onnx.graph.Attributes;
import dev.entrepot.onnx.graph.Value;
import dev.entrepot.tensor.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One step of a recurrent cell: input [N, C], state [N, H]. Source: aten/src/ATen/native/RNN.cpp, lstm_cell, gru_cell. */
public final class RecurrentCells {

    // spotless:off
    /** The family's lines of the table. */
    public static final Map<String, Support> TABLE = Map.ofEntries(
            many("aten::_thnn_fused_gru_cell", RecurrentCells::fusedGru),
            many("aten::_thnn_fused_lstm_cell", RecurrentCells::fusedLstm),
            one("aten::gru_cell", RecurrentCells::gruCell),
            many("aten::lstm_cell", RecurrentCells::lstmCell),
            one("aten::rnn_relu_cell", call -> simpleCell(call, "Relu")),
            one("aten::rnn_tanh_cell", call -> simpleCell(call, "Tanh")));
    // spotless:on

    private final AtenCall call;
    private final DataType type;

    private RecurrentCells(AtenCall call, Value input) {
        this.call = call;
        this.type = input.dataType();
    }

    private Value computable(Value value) {
        return value.dataType() == DataType.BFLOAT16 ? call.cast(value, DataType.FLOAT) : value;
    }

    private static List<Value> lstmCell(AtenCall call) {
        RecurrentCells cell = new RecurrentCells(call, call.value("input"));
        List<Value> states = call.values("hx");
        Value gates = call.add("Add", cell.linear(call.value("input"), "ih"), cell.linear(states.get(0), "hh"));
        return cell.lstm(gates, cell.computable(states.get(1)));
    }

    private static List<Value> fusedLstm(AtenCall call) {
        RecurrentCells cell = new RecurrentCells(call, call.value("input_gates"));
        Value gates =
                call.add("Add", cell.biased("input_gates", "input_bias"), cell.biased("hidden_gates", "hidden_bias"));
        List<Value> results = new ArrayList<>(cell.lstm(gates, cell.computable(call.value("cx"))));
        results.add(call.cast(gates, cell.type));
        return results;
    }

    private List<Value> lstm(Value gates, Value c) {
        List<Value> split = split(gates, 4);
        Value kept = call.add("Mul", call.add("Sigmoid", split.get(1)), c);
        Value fresh = call.add("Mul", call.add("Sigmoid", split.get(0)), call.add("Tanh", split.get(2)));
        Value nextC = call.add("Add", kept, fresh);
        Value nextH = call.add("Mul", call.add("Sigmoid", split.get(3)), call.add("Tanh", nextC));
        return List.of(call.cast(nextH, type), call.cast(nextC, type));
    }

    private static Value gruCell(AtenCall call) {
        RecurrentCells cell = new RecurrentCells(call, call.value("input"));
        Value hx = call.value("hx");
        return cell.gru(cell.linear(call.value("input"), "ih"), cell.linear(hx, "hh"), cell.computable(hx));
    }

    private static List<Value> fusedGru(AtenCall call) {
        RecurrentCells cell = new RecurrentCells(call, call.value("input_gates"));
        Value input = cell.biased("input_gates", "input_bias");
        Value hidden = cell.biased("hidden_gates", "hidden_bias");
        return List.of(cell.gru(input, hidden, cell.computable(call.value("hx"))), call.cast(input, cell.type));
    }

    private Value gru(Value input, Value hidden, Value h) {
        List<Value> ofInput = split(input, 3);
        List<Value> ofHidden = split(hidden, 3);
        Value reset = call.add("Sigmoid", call.add("Add", ofInput.get(0), ofHidden.get(0)));
        Value update = call.add("Sigmoid", call.add("Add", ofInput.get(1), ofHidden.get(1)));
        Value remembered = call.add("Mul", reset, ofHidden.get(2));
        Value fresh = call.add("Tanh", call.add("Add", ofInput.get(2), remembered));
        Value kept = call.add("Mul", update, call.add("Sub", h, fresh));
        return call.cast(call.add("Add", fresh, kept), type);
    }

    private static Value simpleCell(AtenCall call, String activation) {
        RecurrentCells cell = new RecurrentCells(call, call.value("input"));
        Value sum = call.add("Add", cell.linear(call.value("input"), "ih"), cell.linear(call.value("hx"), "hh"));
        return call.cast(call.add(activation, sum), cell.type);
    }

    private Value linear(Value x, String which) {
        Value weight = call.transpose(computable(call.value("w_" + which)), 1, 0);
        Value product = call.add("MatMul", computable(x), weight);
        Value bias = call.optionalValue("b_" + which);
        return bias.isNone() ? product : call.add("Add", product, computable(bias));
    }

    private Value biased(String gates, String bias) {
        Value value = computable(call.value(gates));
        return call.isNone(bias) ? value : call.add("Add", value, computable(call.value(bias)));
    }

    private List<Value> split(Value gates, int count) {
        return call.add("Split", count, Attributes.of("axis", -1).with("num_outputs", count), List.of(gates));
    }
}
