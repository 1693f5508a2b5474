# input x: int64[3] values 1 2 3
def forward(self, x):
  return x * 2.5, x * 2, x + 1.0
