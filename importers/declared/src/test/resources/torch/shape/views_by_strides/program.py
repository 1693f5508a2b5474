# input x: float32[4, 4]
def forward(self, x):
  return torch.as_strided(x, [2, 3], [4, 2], 1)
