# input x: float32[2, 3]
def forward(self, x):
  y = x.clone()
  turned = y.t()
  apart = turned.contiguous()
  apart.mul_(0)
  flat = turned.reshape([-1])
  flat.add_(5)
  whole = y.contiguous()
  whole.add_(1)
  wide = y.to(7)
  wide.add_(3)
  same = y.to(6)
  same.mul_(2)
  return y, apart, flat, wide
