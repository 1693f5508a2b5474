# input x:float32[N=4,5]
import chainer
import chainer.functions as F
import numpy as np


class Net(chainer.Chain):
    def forward(self, x):
        share = (x + 2.01) / 4.02
        orders = np.arange(5, dtype=np.int32)
        return {
            "digamma": F.digamma(x * 3 + 0.01),
            "erf": F.erf(x),
            "erfc": F.erfc(x * 2),
            "erfcinv": F.erfcinv(share * 2),
            "erfcx": F.erfcx(x * 3),
            "erfinv": F.erfinv(x * 0.499),
            "lgamma": F.lgamma(x * 5 + 0.01),
            "log_ndtr": F.log_ndtr(x * 9),
            "ndtr": F.ndtr(x * 3),
            "ndtri": F.ndtri(share),
            "polygamma": F.polygamma(orders, x * 3 + 0.01),
            "zeta": F.zeta(2.5, abs(x) * 9 + 0.1),
        }
