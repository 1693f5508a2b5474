# input x: float32[2, 3, 4]
def forward(self, x):
  y = x + 0
  y.view(6, 4)[1:5].transpose(0, 1)[2].mul_(-1)
  return y
