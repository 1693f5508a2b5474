# input x: float32[2, 3, 9]
def forward(self, x):
  return torch.avg_pool1d(x, [3], [2], [1], True, False)
