# input x: float32[1, 1, 5, 5]
def forward(self, x):
  return torch.avg_pool2d(x, [2, 2], [2, 2], [1, 1], True)
