# input x: float32[4, 2]
def forward(self, x):
  return torch.arange(x.size(0)), torch.arange(0, x.size(0), 2, dtype=6)
