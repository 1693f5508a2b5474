# input x: float32[5, 4]
def forward(self, x):
  y = x.clone()
  y[::2].neg_()
  y[:, 1::2].mul_(2)
  y[1:-1, -1].fill_(0.5)
  return y
