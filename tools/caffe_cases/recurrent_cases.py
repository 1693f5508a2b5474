"""LSTM, RNN, LSTMUnit: caffe recurrent_layer.cpp, lstm_layer.cpp, lstm_unit_layer.cpp, rnn_layer.cpp.
GRU: synopsys-caffe gru_layer.cpp. Lstm: junhyukoh/caffe-lstm lstm_layer.cpp."""

import numpy as np
from case import case, numbers

T, N, I, D, S = 4, 2, 3, 5, 6
MARKS = np.array([[0, 1], [1, 1], [1, 0], [1, 1]], np.float32)
X = numbers(1, T, N, I)
STATIC = numbers(2, N, S)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def unit(cell, gates, mark):
    i, f, o, g = (gates[k * len(cell):(k + 1) * len(cell)] for k in range(4))
    new = sigmoid(f) * mark * cell + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(new), new


def lstm(x, marks, w, b, r, static=None, w_static=None, h=None, c=None):
    steps, streams = x.shape[:2]
    h = np.zeros((streams, D)) if h is None else h[0].astype(float)
    c = np.zeros((streams, D)) if c is None else c[0].astype(float)
    out = np.zeros((steps, streams, D))
    for t in range(steps):
        for n in range(streams):
            gates = w @ x[t, n].ravel() + b + r @ (h[n] * marks[t, n])
            if static is not None:
                gates = gates + w_static @ static[n].ravel()
            h[n], c[n] = unit(c[n], gates, marks[t, n])
            out[t, n] = h[n]
    return out, h[None], c[None]


def rnn(x, marks, w, b, r, w_out, b_out, h=None):
    steps, streams = x.shape[:2]
    h = np.zeros((streams, D)) if h is None else h[0].astype(float)
    out = np.zeros((steps, streams, D))
    for t in range(steps):
        for n in range(streams):
            h[n] = np.tanh(r @ (h[n] * marks[t, n]) + w @ x[t, n].ravel() + b)
            out[t, n] = np.tanh(w_out @ h[n] + b_out)
    return out, h[None]


def gru(x, marks, w, b, rz, rr, rh, bh=None):
    steps, streams = x.shape[:2]
    h = np.zeros((streams, D))
    out = np.zeros((steps, streams, D))
    for t in range(steps):
        for n in range(streams):
            z, r, g = np.split(w @ x[t, n] + b, 3)
            before = h[n] * marks[t, n]
            z = sigmoid(z + rz @ before)
            r = sigmoid(r + rr @ before)
            g = np.tanh(g + (rh @ (r * before) if bh is None else r * (rh @ before + bh)))
            h[n] = g + z * (before - g)
            out[t, n] = h[n]
    return out


def layer(kind, parameters, bottoms=("x", "marks"), tops=("y",)):
    wires = " ".join('bottom: "%s"' % b for b in bottoms) + " " + " ".join('top: "%s"' % t for t in tops)
    return 'layer { name: "l" type: "%s" %s %s }' % (kind, wires, parameters)


W, B, R = numbers(3, 4 * D, I), numbers(4, 4 * D), numbers(5, 4 * D, D)
W_STATIC = numbers(6, 4 * D, S)
RECURRENT = "recurrent_param { num_output: 5 }"
EXPOSED = "recurrent_param { num_output: 5 expose_hidden: true }"

case("recurrent/marks_of_0_begin_a_new_sequence", layer("LSTM", RECURRENT), {"x": X, "marks": MARKS},
     {"y": lstm(X, MARKS, W, B, R)[0]}, {"l/0": W, "l/1": B, "l/2": R})
case("recurrent/a_static_bottom_is_added_at_every_step", layer("LSTM", RECURRENT, ("x", "marks", "static")),
     {"x": X, "marks": MARKS, "static": STATIC},
     {"y": lstm(X, MARKS, W, B, R, STATIC, W_STATIC)[0]}, {"l/0": W, "l/1": B, "l/2": W_STATIC, "l/3": R})
H0, C0 = numbers(7, 1, N, D), numbers(8, 1, N, D)
y, h, c = lstm(X, MARKS, W, B, R, h=H0, c=C0)
case("recurrent/exposed_states_come_in_and_go_out",
     layer("LSTM", EXPOSED, ("x", "marks", "h0", "c0"), ("y", "h", "c")),
     {"x": X, "marks": MARKS, "h0": H0, "c0": C0}, {"y": y, "h": h, "c": c}, {"l/0": W, "l/1": B, "l/2": R})
y, h, c = lstm(X, MARKS, W, B, R, STATIC, W_STATIC, H0, C0)
case("recurrent/the_static_bottom_stands_before_exposed_states",
     layer("LSTM", EXPOSED, ("x", "marks", "static", "h0", "c0"), ("y", "h", "c")),
     {"x": X, "marks": MARKS, "static": STATIC, "h0": H0, "c0": C0}, {"y": y, "h": h, "c": c},
     {"l/0": W, "l/1": B, "l/2": W_STATIC, "l/3": R})
half = MARKS * 0.5
case("recurrent/marks_between_0_and_1_scale_the_state", layer("LSTM", RECURRENT), {"x": X, "marks": half},
     {"y": lstm(X, half, W, B, R)[0]}, {"l/0": W, "l/1": B, "l/2": R})
DEEP = numbers(9, T, N, 2, 3)
W6 = numbers(10, 4 * D, 6)
case("recurrent/more_axes_of_the_input_are_flattened", layer("LSTM", RECURRENT), {"x": DEEP, "marks": MARKS},
     {"y": lstm(DEEP, MARKS, W6, B, R)[0]}, {"l/0": W6, "l/1": B, "l/2": R})

WR, BR, RR, WO, BO = numbers(11, D, I), numbers(12, D), numbers(13, D, D), numbers(14, D, D), numbers(15, D)
case("recurrent/an_rnn_has_an_output_layer_of_its_own", layer("RNN", RECURRENT), {"x": X, "marks": MARKS},
     {"y": rnn(X, MARKS, WR, BR, RR, WO, BO)[0]}, {"l/0": WR, "l/1": BR, "l/2": RR, "l/3": WO, "l/4": BO})
y, h = rnn(X, MARKS, WR, BR, RR, WO, BO, H0)
case("recurrent/an_rnn_exposes_its_hidden_state", layer("RNN", EXPOSED, ("x", "marks", "h0"), ("y", "h")),
     {"x": X, "marks": MARKS, "h0": H0}, {"y": y, "h": h},
     {"l/0": WR, "l/1": BR, "l/2": RR, "l/3": WO, "l/4": BO})

cells, gates, mark = numbers(16, 1, N, D), numbers(17, 1, N, 4 * D), np.array([[1, 0]], np.float32)
units = [unit(cells[0, n], gates[0, n], mark[0, n]) for n in range(N)]
case("recurrent/one_step_forgets_where_the_mark_is_0",
     layer("LSTMUnit", "", ("cell", "gates", "mark"), ("c", "h")), {"cell": cells, "gates": gates, "mark": mark},
     {"c": np.array([u[1] for u in units])[None], "h": np.array([u[0] for u in units])[None]})

WG, BG = numbers(18, 3 * D, I), numbers(19, 3 * D)
RZ, RH, BH = numbers(20, D, D), numbers(21, D, D), numbers(22, D)
case("recurrent/a_gru_resets_before_it_multiplies", layer("GRU", RECURRENT), {"x": X, "marks": MARKS},
     {"y": gru(X, MARKS, WG, BG, RZ, RR, RH)}, {"l/0": WG, "l/1": BG, "l/2": RZ, "l/3": RR, "l/4": RH})
case("recurrent/a_gru_with_linear_before_reset_resets_after_it",
     layer("GRU", "recurrent_param { num_output: 5 linear_before_reset: 1 }"), {"x": X, "marks": MARKS},
     {"y": gru(X, MARKS, WG, BG, RZ, RR, RH, BH)},
     {"l/0": WG, "l/1": BG, "l/2": RZ, "l/3": RR, "l/4": RH, "l/5": BH})

LSTM_PARAM = "lstm_param { num_output: 5 clipping_threshold: 0.1 }"
OLD = {"l/0": W, "l/1": R, "l/2": B}
case("recurrent/the_older_lstm_without_marks_is_one_sequence", layer("Lstm", LSTM_PARAM, ("x",)), {"x": X},
     {"y": lstm(X, np.array([[0, 0], [1, 1], [1, 1], [1, 1]]), W, B, R)[0]}, OLD)
case("recurrent/the_older_lstm_takes_any_mark_but_0_as_going_on", layer("Lstm", LSTM_PARAM), {"x": X, "marks": half},
     {"y": lstm(X, MARKS, W, B, R)[0]}, OLD)
