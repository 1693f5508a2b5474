# input x: float32[1, 2, 6]
# parameter weight: float32[3, 2, 4]
def forward(self, x):
  return torch._convolution_mode(x, self.weight, None, [1], "same", [2], 1)
