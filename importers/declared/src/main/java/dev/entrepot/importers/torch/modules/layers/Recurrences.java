package dev.entrepot.importers.torch.modules.layers;

import dev.entrepot.importers.torch.aten.IValue;
import dev.entrepot.importers.torch.modules.tree.BoundModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Recurrent layers that begin with zeros. Source: torch/nn/modules/rnn.py. */
public final class Recurrences {

    private Recurrences() {}

    /** {@code RNN}: to (output, h_n). */
    public static IValue rnn(BoundModule self, IValue x) {
        String nonlinearity =
                self.text("nonlinearity", self.text("mode", "RNN_TANH").endsWith("RELU") ? "relu" : "tanh");
        return layers(self, "aten::rnn_" + nonlinearity, x, false);
    }

    /** {@code GRU}: to (output, h_n). */
    public static IValue gru(BoundModule self, IValue x) {
        return layers(self, "aten::gru", x, false);
    }

    /** {@code LSTM}: to (output, (h_n, c_n)). */
    public static IValue lstm(BoundModule self, IValue x) {
        IValue results = layers(self, "aten::lstm", x, true);
        if (!(results instanceof IValue.TupleValue tuple)) {
            return results;
        }
        List<IValue> items = tuple.items();
        return IValue.tuple(List.of(items.get(0), IValue.tuple(items.subList(1, 3))));
    }

    /** {@code RNNCell}: [N, in] to [N, hidden]. */
    public static IValue rnnCell(BoundModule self, IValue x) {
        return self.call(
                "aten::rnn_" + self.text("nonlinearity", "tanh") + "_cell",
                cellArguments(self, x, cellState(self, x)),
                Map.of());
    }

    /** {@code GRUCell}. */
    public static IValue gruCell(BoundModule self, IValue x) {
        return self.call("aten::gru_cell", cellArguments(self, x, cellState(self, x)), Map.of());
    }

    /** {@code LSTMCell}: to (h, c). */
    public static IValue lstmCell(BoundModule self, IValue x) {
        IValue zeros = cellState(self, x);
        return self.call("aten::lstm_cell", cellArguments(self, x, IValue.list(List.of(zeros, zeros))), Map.of());
    }

    private static List<IValue> cellArguments(BoundModule self, IValue x, IValue state) {
        return List.of(
                x,
                state,
                self.tensor("weight_ih"),
                self.tensor("weight_hh"),
                self.tensor("bias_ih"),
                self.tensor("bias_hh"));
    }

    private static IValue cellState(BoundModule self, IValue x) {
        return zeros(self, x, List.of(self.size(x, 0), self.attribute("hidden_size")));
    }

    private static IValue layers(BoundModule self, String operator, IValue x, boolean hasCells) {
        if (self.rank(x) != 3) {
            throw self.unsupported("is called with " + x + ", three axes are expected");
        }
        boolean batchFirst = self.flag("batch_first", false);
        boolean bidirectional = self.flag("bidirectional", false);
        long count = self.number("num_layers") * (bidirectional ? 2 : 1);
        IValue batch = self.size(x, batchFirst ? 0 : 1);
        boolean projected = self.isSet("proj_size") && self.number("proj_size") > 0;
        IValue hidden = self.attribute(projected ? "proj_size" : "hidden_size");
        IValue state = zeros(self, x, List.of(IValue.of(count), batch, hidden));
        IValue cells = zeros(self, x, List.of(IValue.of(count), batch, self.attribute("hidden_size")));
        return self.call(
                operator,
                x,
                hasCells ? IValue.list(List.of(state, cells)) : state,
                parameters(self, bidirectional, projected),
                IValue.of(self.flag("bias", true)),
                self.attribute("num_layers"),
                IValue.of(0.0),
                IValue.of(false),
                IValue.of(bidirectional),
                IValue.of(batchFirst));
    }

    private static IValue parameters(BoundModule self, boolean bidirectional, boolean projected) {
        List<String> kinds = new ArrayList<>(List.of("weight_ih", "weight_hh"));
        if (self.flag("bias", true)) {
            kinds.addAll(List.of("bias_ih", "bias_hh"));
        }
        if (projected) {
            kinds.add("weight_hr");
        }
        List<IValue> parameters = new ArrayList<>();
        for (long layer = 0; layer < self.number("num_layers"); layer++) {
            for (String direction : bidirectional ? List.of("", "_reverse") : List.of("")) {
                for (String kind : kinds) {
                    parameters.add(self.tensor(kind + "_l" + layer + direction));
                }
            }
        }
        return IValue.list(parameters);
    }

    private static IValue zeros(BoundModule self, IValue like, List<IValue> sizes) {
        return self.call("aten::new_zeros", like, IValue.list(sizes));
    }
}
