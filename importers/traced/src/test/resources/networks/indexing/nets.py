"""x[...] in all its forms, in-place operators, reflected operators, numbers and tensors mixed."""
import math

import numpy as np
import torch
from torch import nn


class Indexing(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(5))
        self.steps = torch.from_numpy(np.linspace(0, 1, 5).astype(np.float32))
        self.register_buffer('order', torch.tensor([2, 0, 1]))

    def forward(self, x, y):
        a = x[:, None] * 2 + 1
        b = x[..., 0] - x[:, -1].sum(-1, keepdim=True)
        c = x[:, ::2, 1:-1]
        d = x[:, [0, 2]]
        e = x[:, self.order]
        f = x.clone()
        f[:, 0] = 3.0
        f[:, 1, :2] += y[:, :2]
        f[..., -1] *= -1
        g = torch.zeros_like(x)
        g[:, :2] = x[:, 1:]
        g[x > 0.5] = 9
        h = 1 - x / 2
        h -= 0.25
        i = 2 / (x * x + 1) + (3 ** x.clamp(-1, 1)) + (x // 0.5) % 2
        j = (x > 0) & ~(x > 1) | (x < -1)
        k = y * self.scale + self.steps * math.pi
        m, n = torch.max(x, 1)
        o = x.permute(1, 0, 2)[self.order].transpose(0, 1) @ y[:, :, None]
        p = torch.where(x > 0, x, torch.tensor(-0.5))
        q = x.shape[1] * y + len(self.order) + x.size(-1)
        return (a, b, c, d, e, f, g, h, i, j.float(), k, m, n, o, p, q, -x.T.mT if x.dim() == 2 else abs(x), x.view(x.size(0), -1).std(1),
                torch.stack([t.mean() for t in x.split(1, dim=1)]), *x.unbind(1), y.new_zeros(2).sum() + y.numel() // y.shape[0])
