# input x: float32[2, 3, 6, 7]
def forward(self, x):
  return torch.adaptive_avg_pool2d(x, [1, 7]), torch._adaptive_avg_pool2d(x, [6, 1])
