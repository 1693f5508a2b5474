# input y: float32[5] values 1 1 -1 -1 0
# input x: float32[5] values 2 -2 -2 2 0
def forward(self, y, x):
  return torch.atan2(y, x), torch.hypot(y, x)
