# input x: float32[1, 2, 4, 4]
def forward(self, x):
  return torch.pad(x, [1, 2, 0, 3], "circular")
