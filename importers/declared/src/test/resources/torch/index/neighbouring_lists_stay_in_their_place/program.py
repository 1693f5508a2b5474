# input x: float32[2, 3, 4, 5]
# input a: int64[2, 1] from 0 to 2
# input b: int64[3] from 0 to 3
def forward(self, x, a, b):
  return x[:, a, b], x[:, a, 1], x[None, :, a, b, 2:]
