"""Activations and attention. Source: torch/nn/modules/activation.py."""
import torch.nn.functional as F
from torch._core import Parameter
from torch.nn.modules.linear import NonDynamicallyQuantizableLinear
from torch.nn.modules.module import Module


class _Activation(Module):
    """Calls a function of torch.nn.functional with what the constructor was given."""

    _function, _names, _defaults = "", (), ()

    def __init__(self, *args, **kwargs):
        super().__init__()
        if len(args) > len(self._names):
            raise TypeError(type(self).__name__ + " takes at most " + str(len(self._names)) + " arguments")
        for name, default in zip(self._names, self._defaults):
            setattr(self, name, default)
        for name, value in list(zip(self._names, args)) + list(kwargs.items()):
            if name not in self._names:
                raise TypeError(type(self).__name__ + " has no argument " + name)
            setattr(self, name, value)

    def forward(self, input):
        return getattr(F, self._function)(input, *[getattr(self, name) for name in self._names if name != "inplace"])


def _activation(title, function, **arguments):
    made = type(title, (_Activation,), {
        "_function": function, "_names": tuple(arguments), "_defaults": tuple(arguments.values()), "__module__": __name__})
    globals()[title] = made


for _title, _function in (
    ("ReLU", "relu"), ("ReLU6", "relu6"), ("SELU", "selu"), ("SiLU", "silu"), ("Mish", "mish"), ("Hardsigmoid", "hardsigmoid"),
    ("Hardswish", "hardswish"),
):
    _activation(_title, _function, inplace=False)
for _title, _function in (
    ("Sigmoid", "sigmoid"), ("Tanh", "tanh"), ("LogSigmoid", "logsigmoid"), ("Softsign", "softsign"), ("Tanhshrink", "tanhshrink"),
    ("Softmax2d", "softmax2d"),
):
    _activation(_title, _function)
_activation("ELU", "elu", alpha=1.0, inplace=False)
_activation("CELU", "celu", alpha=1.0, inplace=False)
_activation("GELU", "gelu", approximate="none")
_activation("GLU", "glu", dim=-1)
_activation("Hardshrink", "hardshrink", lambd=0.5)
_activation("Hardtanh", "hardtanh", min_val=-1.0, max_val=1.0, inplace=False)
_activation("LeakyReLU", "leaky_relu", negative_slope=0.01, inplace=False)
_activation("Softplus", "softplus", beta=1.0, threshold=20.0)
_activation("Softshrink", "softshrink", lambd=0.5)
_activation("Threshold", "threshold", threshold=0.0, value=0.0, inplace=False)
_activation("RReLU", "rrelu", lower=1 / 8, upper=1 / 3, inplace=False)
_activation("Softmax", "softmax", dim=None)
_activation("Softmin", "softmin", dim=None)
_activation("LogSoftmax", "log_softmax", dim=None)


class PReLU(Module):
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.weight = Parameter.of((num_parameters,), init)

    def forward(self, input):
        return F.prelu(input, self.weight)


class MultiheadAttention(Module):
    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None,
                 batch_first=False, device=None, dtype=None):
        super().__init__()
        self.embed_dim, self.num_heads, self.dropout, self.batch_first = embed_dim, num_heads, dropout, batch_first
        self.kdim, self.vdim = kdim or embed_dim, vdim or embed_dim
        self._qkv_same_embed_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.head_dim, self.add_zero_attn = embed_dim // num_heads, add_zero_attn
        if self.head_dim * num_heads != embed_dim:
            raise ValueError("embed_dim must be divisible by num_heads")
        shapes = {"q_proj_weight": embed_dim, "k_proj_weight": self.kdim, "v_proj_weight": self.vdim}
        for name, width in shapes.items():
            self.register_parameter(name, None if self._qkv_same_embed_dim else Parameter.of((embed_dim, width)))
        self.register_parameter("in_proj_weight", Parameter.of((3 * embed_dim, embed_dim)) if self._qkv_same_embed_dim else None)
        self.register_parameter("in_proj_bias", Parameter.of((3 * embed_dim,), 0.0) if bias else None)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias)
        self.bias_k = Parameter.of((1, 1, embed_dim)) if add_bias_kv else None
        self.bias_v = Parameter.of((1, 1, embed_dim)) if add_bias_kv else None

    def _reset_parameters(self):
        pass

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True,
                is_causal=False):
        batched = query.dim() == 3
        if self.batch_first and batched:
            query, key, value = (x.transpose(0, 1) for x in (query, key, value))
        weights = self.in_proj_weight if self._qkv_same_embed_dim else None
        result, attention = F.multi_head_attention_forward(
            query, key, value, self.embed_dim, self.num_heads, weights, self.in_proj_bias, self.bias_k, self.bias_v,
            self.add_zero_attn, self.dropout, self.out_proj.weight, self.out_proj.bias, False, key_padding_mask, need_weights,
            attn_mask, not self._qkv_same_embed_dim, self.q_proj_weight, self.k_proj_weight, self.v_proj_weight,
            average_attn_weights=average_attn_weights, is_causal=is_causal)
        return (result.transpose(0, 1) if self.batch_first and batched else result), attention
