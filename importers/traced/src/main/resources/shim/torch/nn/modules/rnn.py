"""Recurrent layers. Source: torch/nn/modules/rnn.py."""
import _entrepot
from torch._core import Parameter, call
from torch.nn.modules.module import Module


def _zeros(like, *sizes):
    return call("aten::zeros", list(sizes), dtype=like.dtype)


class RNNBase(Module):
    _gates = 1

    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False,
                 proj_size=0, device=None, dtype=None):
        super().__init__()
        self.mode, self.input_size, self.hidden_size, self.num_layers = mode, input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.dropout, self.bidirectional = bias, batch_first, float(dropout), bidirectional
        self.proj_size, self._flat = proj_size, []
        gates, output = self._gates * hidden_size, proj_size or hidden_size
        for layer in range(num_layers):
            for suffix in ("", "_reverse")[: 2 if bidirectional else 1]:
                width = input_size if layer == 0 else output * (2 if bidirectional else 1)
                names = "_l" + str(layer) + suffix
                self._own("weight_ih" + names, gates, width)
                self._own("weight_hh" + names, gates, output)
                if bias:
                    self._own("bias_ih" + names, gates)
                    self._own("bias_hh" + names, gates)
                if proj_size:
                    self._own("weight_hr" + names, proj_size, hidden_size)

    def _own(self, name, *shape):
        self._flat.append(name)
        setattr(self, name, Parameter.of(shape))

    @property
    def _flat_weights(self):
        return [getattr(self, name) for name in self._flat]

    all_weights = _flat_weights

    def flatten_parameters(self):
        pass

    reset_parameters = flatten_parameters

    def _state_of(self, input, size):
        batch = input.size(0 if self.batch_first else 1)
        return _zeros(input, self.num_layers * (2 if self.bidirectional else 1), batch, size)

    def forward(self, input, hx=None):
        if not hasattr(input, "dim"):
            raise _entrepot.SourceError("unsupported", type(self).__name__, "of a packed sequence; give it the padded tensor")
        batched = input.dim() == 3
        if not batched:
            input = input.unsqueeze(0 if self.batch_first else 1)
            hx = hx if hx is None else tuple(h.unsqueeze(1) for h in hx) if isinstance(hx, tuple) else hx.unsqueeze(1)
        output, *states = self._run(input, hx)
        if not batched:
            output, states = output.squeeze(0 if self.batch_first else 1), [state.squeeze(1) for state in states]
        return output, states[0] if len(states) == 1 else tuple(states)

    def _run(self, input, hx):
        hx = self._state_of(input, self.hidden_size) if hx is None else hx
        op = {"RNN_TANH": "aten::rnn_tanh", "RNN_RELU": "aten::rnn_relu", "GRU": "aten::gru"}[self.mode]
        return self._called(op, input, hx)

    def _called(self, op, input, hx):
        return call(op, input, hx, self._flat_weights, self.bias, self.num_layers, self.dropout, self.training, self.bidirectional,
                    self.batch_first)


class RNN(RNNBase):
    def __init__(self, input_size, hidden_size, num_layers=1, nonlinearity="tanh", bias=True, batch_first=False, dropout=0.0,
                 bidirectional=False, device=None, dtype=None):
        self_mode = "RNN_" + nonlinearity.upper()
        super().__init__(self_mode, input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional)
        self.nonlinearity = nonlinearity


class GRU(RNNBase):
    _gates = 3

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False,
                 device=None, dtype=None):
        super().__init__("GRU", input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional)


class LSTM(RNNBase):
    _gates = 4

    def __init__(self, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False,
                 proj_size=0, device=None, dtype=None):
        super().__init__("LSTM", input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size)

    def _run(self, input, hx):
        if hx is None:
            hx = [self._state_of(input, self.proj_size or self.hidden_size), self._state_of(input, self.hidden_size)]
        return self._called("aten::lstm", input, list(hx))


class RNNCellBase(Module):
    _gates, _op, _states = 1, "", 1

    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__()
        self.input_size, self.hidden_size, self.bias = input_size, hidden_size, bias
        gates = self._gates * hidden_size
        self.weight_ih, self.weight_hh = Parameter.of((gates, input_size)), Parameter.of((gates, hidden_size))
        for name in ("bias_ih", "bias_hh"):
            self.register_parameter(name, Parameter.of((gates,)) if bias else None)

    def forward(self, input, hx=None):
        batched = input.dim() == 2
        if not batched:
            input = input.unsqueeze(0)
            hx = hx if hx is None else tuple(h.unsqueeze(0) for h in hx) if isinstance(hx, tuple) else hx.unsqueeze(0)
        if hx is None:
            zeros = _zeros(input, input.size(0), self.hidden_size)
            hx = zeros if self._states == 1 else [zeros, zeros]
        result = call(self._op, input, list(hx) if self._states == 2 else hx, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        if batched:
            return result
        return result.squeeze(0) if self._states == 1 else tuple(state.squeeze(0) for state in result)


class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias)
        self._op = "aten::rnn_" + nonlinearity + "_cell"


class LSTMCell(RNNCellBase):
    _gates, _op, _states = 4, "aten::lstm_cell", 2


class GRUCell(RNNCellBase):
    _gates, _op = 3, "aten::gru_cell"
