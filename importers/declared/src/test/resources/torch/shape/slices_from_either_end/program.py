# input x: float32[5, 6]
def forward(self, x):
  return x[1:-1, ::2], x[-3:], x[..., :9]
