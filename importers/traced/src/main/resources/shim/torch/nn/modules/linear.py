"""Dense layers. Source: torch/nn/modules/linear.py."""
import torch.nn.functional as F
from torch._core import Parameter
from torch.nn.modules.conv import _Lazy
from torch.nn.modules.module import Identity, Module  # noqa: F401


class Linear(Module):
    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        self.weight = Parameter.of((out_features, in_features))
        if bias:
            self.bias = Parameter.of((out_features,))
        else:
            self.register_parameter("bias", None)

    def reset_parameters(self):
        pass

    def forward(self, input):
        return F.linear(input, self.weight, self.bias)


class NonDynamicallyQuantizableLinear(Linear):
    pass


class Bilinear(Module):
    def __init__(self, in1_features, in2_features, out_features, bias=True, device=None, dtype=None):
        super().__init__()
        self.weight = Parameter.of((out_features, in1_features, in2_features))
        if bias:
            self.bias = Parameter.of((out_features,))
        else:
            self.register_parameter("bias", None)

    def forward(self, input1, input2):
        return F.bilinear(input1, input2, self.weight, self.bias)


LazyLinear = _Lazy
