"""One network over several files with relative and package imports."""
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
from torch import nn

from .layers import conv3x3
from .layers.attention import SEBlock
from models.config import WIDTHS as widths


class Output(NamedTuple):
    logits: torch.Tensor
    features: torch.Tensor


@dataclass
class Config:
    classes: int = 4
    widths: list = field(default_factory=lambda: list(widths))
    attention: bool = True


class Net(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.config = config
        blocks, before = [], 3
        for width in config.widths:
            blocks += [conv3x3(before, width), nn.ReLU(inplace=True)]
            if config.attention:
                blocks.append(SEBlock(width))
            before = width
        self.body = nn.Sequential(*blocks)
        self.head = nn.Linear(before, config.classes)

    def forward(self, image, mask=None):
        x = self.body(image)
        if mask is not None:
            x = x * mask
        features = x.flatten(2).mean(-1)
        return Output(self.head(features), features)
