# input x: float32[2, 3, 2]
# input mask: bool[2, 3] values 1 0 1 1 0 0
def forward(self, x, mask):
  return x[mask]
