# input x: float32[3, 4]
def forward(self, x):
  return x[-1], x.select(1, -2), x[:, -1:]
