# input x:float64[N=3,5]
import chainer
import chainer.functions as F


class Net(chainer.Chain):
    def forward(self, x):
        inside = x * 0.49
        positive = abs(x) + 0.125
        return {
            "arccos": F.arccos(inside),
            "arcsin": F.arcsin(inside),
            "arctan": F.arctan(x),
            "arctan2": F.arctan2(x, x * x - 1),
            "arctanh": F.arctanh(inside),
            "ceil": F.ceil(x),
            "clip": F.clip(x, -0.5, 1.0),
            "clip_below": F.clip(x, -0.5, None),
            "cos": F.cos(x),
            "cosh": F.cosh(x),
            "exp": F.exp(x),
            "expm1": F.expm1(x),
            "fix": F.fix(x),
            "floor": F.floor(x),
            "identity": F.identity(x),
            "log": F.log(positive),
            "log10": F.log10(positive),
            "log1p": F.log1p(positive),
            "log2": F.log2(positive),
            "rsqrt": F.rsqrt(positive),
            "sign": F.sign(x),
            "sin": F.sin(x),
            "sinh": F.sinh(x),
            "sqrt": F.sqrt(positive),
            "square": F.square(x),
            "tan": F.tan(inside),
        }
