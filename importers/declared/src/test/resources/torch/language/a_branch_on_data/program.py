# input x: float32[2, 3]
def forward(self, x):
  if bool(x.sum() > 0):
    y = x * 2
  else:
    y = x - 1
  return y
