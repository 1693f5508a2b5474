# input x: bool[2, 3]
# input y: float32[3]
def forward(self, x, y):
  return x.sum(1), x * y, x + x
