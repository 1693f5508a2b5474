# input x: float32[1, 2, 7, 5]
def forward(self, x):
  return torch.adaptive_avg_pool2d(x, [3, 2])
