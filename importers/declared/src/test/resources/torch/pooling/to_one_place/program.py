# input x: float32[2, 3, 6, 7]
def forward(self, x):
  return torch.adaptive_avg_pool2d(x, [1, 1]), torch.adaptive_max_pool2d(x, [1, 1])
