# input x: float32[2, 3]
def forward(self, x):
  return [(x, x + 1), (x * 2, x * 3)]
