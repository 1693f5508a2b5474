# input x: float32[1, 2, 3, 4, 3]
# parameter weight: float32[2, 3, 2, 2, 2]
# parameter bias: float32[3]
def forward(self, x):
  return torch.conv_transpose3d(x, self.weight, self.bias, [2, 1, 2], [1, 0, 1], [1, 0, 0], 1, [1, 2, 1])
