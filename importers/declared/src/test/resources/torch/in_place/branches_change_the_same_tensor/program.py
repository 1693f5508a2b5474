# input x: float32[3, 4]
def forward(self, x):
  y = x.clone()
  if bool(x.sum() > 0):
    y[0].zero_()
  else:
    y.neg_()
  return y
