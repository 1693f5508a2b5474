# input x: float32[2, 3, 9]
def forward(self, x):
  return torch.adaptive_avg_pool1d(x, [2]), torch.adaptive_max_pool1d(x, [2])
