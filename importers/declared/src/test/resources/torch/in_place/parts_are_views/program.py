# input x: float32[4, 6]
def forward(self, x):
  y = x.clone()
  a, b, c = y.chunk(3, 1)
  b.zero_()
  rows = y.unbind(0)
  rows[-1].add_(1)
  p = y.split([1, 3])
  p[0].mul_(3)
  y.narrow(1, 4, 2).relu_()
  return y, a, rows[0]
