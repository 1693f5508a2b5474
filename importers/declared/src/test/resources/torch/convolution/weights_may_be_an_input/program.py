# input x: float32[1, 2, 5, 5]
# input weight: float32[3, 2, 3, 3]
def forward(self, x, weight):
  return torch.conv2d(x, weight)
