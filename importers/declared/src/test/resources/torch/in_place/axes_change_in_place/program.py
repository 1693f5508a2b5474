# input x: float32[3, 4]
def forward(self, x):
  y = x.clone()
  v = y[1:]
  v.unsqueeze_(0)
  v.transpose_(1, 2)
  v.mul_(2)
  w = x.clone()
  w.t_()
  w.squeeze_()
  return y, v, w
