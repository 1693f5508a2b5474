# input x: float32[2, 3]
def forward(self, x):
  y = x
  for i in range(3):
    y = y * 2 + i
  return y
