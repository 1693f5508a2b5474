# input x: float32[1, 2, 5, 6]
# parameter weight: float32[3, 2, 4, 2]
def forward(self, x):
  return torch.conv2d(x, self.weight, None, [1, 1], "same")
