"""A one-stage detector's head: anchors, decoding and non-maximum suppression."""
import math

import numpy as np
import torch
from torch import nn
from torchvision.ops import nms


class Head(nn.Module):
    def __init__(self, nc=4, anchors=((10, 13, 16, 30), (30, 61, 62, 45)), ch=(8, 16)):
        super().__init__()
        self.nc = nc
        self.no = nc + 5
        self.nl = len(anchors)
        self.na = len(anchors[0]) // 2
        self.grid = [torch.zeros(1)] * self.nl
        a = torch.tensor(anchors).float().view(self.nl, -1, 2)
        self.register_buffer('anchors', a)
        self.register_buffer('anchor_grid', a.clone().view(self.nl, 1, -1, 1, 1, 2))
        self.m = nn.ModuleList(nn.Conv2d(x, self.no * self.na, 1) for x in ch)
        self.stride = np.array([8.0, 16.0])
        self._initialize_biases()

    def _initialize_biases(self):
        for mi, s in zip(self.m, self.stride):
            b = mi.bias.view(self.na, -1)
            b.data[:, 4] += math.log(8 / (640 / s) ** 2)
            mi.bias = torch.nn.Parameter(b.view(-1), requires_grad=True)

    @staticmethod
    def _make_grid(nx=20, ny=20):
        yv, xv = torch.meshgrid([torch.arange(ny), torch.arange(nx)], indexing='ij')
        return torch.stack((xv, yv), 2).view((1, 1, ny, nx, 2)).float()

    def forward(self, x):
        z = []
        for i in range(self.nl):
            y = self.m[i](x[i])
            bs, _, ny, nx = y.shape
            y = y.view(bs, self.na, self.no, ny, nx).permute(0, 1, 3, 4, 2).contiguous()
            if self.grid[i].shape[2:4] != y.shape[2:4]:
                self.grid[i] = self._make_grid(nx, ny).to(y.device)
            y = y.sigmoid()
            y[..., 0:2] = (y[..., 0:2] * 2. - 0.5 + self.grid[i]) * float(self.stride[i])
            y[..., 2:4] = (y[..., 2:4] * 2) ** 2 * self.anchor_grid[i]
            z.append(y.view(bs, -1, self.no))
        return torch.cat(z, 1)


class Detector(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, 8, 1), nn.SiLU())
        self.next = nn.Sequential(nn.Conv2d(8, 16, 3, 2, 1), nn.SiLU())
        self.head = Head()

    @torch.no_grad()
    def forward(self, images):
        a = self.stem(images)
        b = self.next(a)
        found = self.head([a, b])[0]
        boxes, scores = self.decode(found)
        keep = nms(boxes, scores, 0.5)
        return boxes[keep], scores[keep], keep

    @staticmethod
    def decode(found):
        xy, wh = found[:, :2], found[:, 2:4]
        boxes = torch.cat((xy - wh / 2, xy + wh / 2), 1)
        scores, labels = (found[:, 5:] * found[:, 4:5]).max(1)
        return boxes, scores
