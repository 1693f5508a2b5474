# input x:float32[3,4]
import chainer
import chainer.functions as F
import numpy as np


class Net(chainer.Chain):
    def forward(self, x):
        edges = np.array([0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan], dtype=np.float32)
        e = 0 * x[:, :1] + edges
        one = e[:, :4] * 1
        return {
            "exp": F.exp(e),
            "expm1": F.expm1(e),
            "log": F.log(e),
            "log1p": F.log1p(e),
            "sqrt": F.sqrt(e),
            "div": 1 / e,
            "arctan2": F.arctan2(e[:, :6], e[:, 1:]),
            "arctanh": F.arctanh(one),
            "fmod": F.fmod(e[:, :4] * 7.5, e[:, 2:6]),
            "fix": F.fix(e[:, :6]),
            "erf": F.erf(e),
            "erfc": F.erfc(e),
            "erfcx": F.erfcx(e[:, :6]),
            "erfinv": F.erfinv(e),
            "erfcinv": F.erfcinv(e[:, :4] + 1),
            "ndtr": F.ndtr(e),
            "ndtri": F.ndtri(abs(one)),
            "log_ndtr": F.log_ndtr(e[:, :5]),
            "lgamma": F.lgamma(e),
            "digamma": F.digamma(e[:, 2:5]),
            "zeta": F.zeta(1.0, abs(e[:, :4])),
        }
