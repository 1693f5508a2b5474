"""Losses belong to training: networks may make them, and using one is an error. Source: torch/nn/modules/loss.py."""
import _entrepot
from torch.nn.modules.module import Module


class _Loss(Module):
    def __init__(self, *_, **__):
        super().__init__()

    def forward(self, *_, **__):
        raise _entrepot.SourceError("unsupported", type(self).__name__, "is a loss, which belongs to training; run the network without it")


_WeightedLoss = _Loss
for _name in """AdaptiveLogSoftmaxWithLoss BCELoss BCEWithLogitsLoss CTCLoss CosineEmbeddingLoss CrossEntropyLoss GaussianNLLLoss
        HingeEmbeddingLoss HuberLoss KLDivLoss L1Loss MSELoss MarginRankingLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss
        MultiMarginLoss NLLLoss NLLLoss2d PoissonNLLLoss SmoothL1Loss SoftMarginLoss TripletMarginLoss
        TripletMarginWithDistanceLoss""".split():
    globals()[_name] = type(_name, (_Loss,), {"__module__": __name__})
