# input x: float32[1, 3, 1]
def forward(self, x):
  return x.expand(2, -1, 4)
