# input x: float32[4, 3]
# input mask: bool[4] values 1 0 1 1
def forward(self, x, mask):
  return x[mask]
