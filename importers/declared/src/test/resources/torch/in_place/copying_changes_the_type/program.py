# input x: float32[3]
# input y: int64[3] values 1 2 3
def forward(self, x, y):
  z = x.clone()
  z.copy_(y)
  return z
