# input x: float32[3] from 0.5 to 1
def forward(self, x):
  y = x
  while bool(y.sum() < 40):
    y = y * 2
  return y
