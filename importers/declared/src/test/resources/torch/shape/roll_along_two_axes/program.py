# input x: float32[4, 5]
def forward(self, x):
  return torch.roll(x, [1, -2], [0, 1])
