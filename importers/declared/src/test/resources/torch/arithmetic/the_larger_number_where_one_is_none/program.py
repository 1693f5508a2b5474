# input x: float32[4] values 1 NaN 3 NaN
# input y: float32[4] values 2 2 NaN NaN
def forward(self, x, y):
  return torch.maximum(x, y), torch.fmax(x, y), torch.fmin(x, y)
