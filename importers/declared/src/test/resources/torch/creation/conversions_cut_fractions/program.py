# input x: float32[5] values 1.5 -1.5 2.7 -2.7 0.2
def forward(self, x):
  return x.to(4), x.to(3), x.to(11), x.half()
