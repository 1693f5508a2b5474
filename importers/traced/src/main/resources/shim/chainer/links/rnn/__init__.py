"""Recurrent links. Source: chainer/links/rnn."""
from chainer._paths import inside
from chainer.links.rnn._gated import (  # noqa: F401
    GRU, LSTM, StatefulGRU, StatefulMGU, StatefulPeepholeLSTM, StatefulZoneoutLSTM, StatelessGRU, StatelessLSTM, StatelessMGU,
)
from chainer.links.rnn._stacks import (  # noqa: F401
    NStepBiGRU, NStepBiLSTM, NStepBiRNNReLU, NStepBiRNNTanh, NStepGRU, NStepLSTM, NStepRNNReLU, NStepRNNTanh, argsort_list_descent,
    permutate_list,
)
from chainer.links.rnn._trees import ChildSumTreeLSTM, NaryTreeLSTM  # noqa: F401

__getattr__ = inside("chainer.links")
