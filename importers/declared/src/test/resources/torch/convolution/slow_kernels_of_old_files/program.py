# input x: float32[1, 2, 6, 6]
# parameter weight: float32[3, 2, 3, 3]
# parameter bias: float32[3]
def forward(self, x):
  return torch.thnn_conv2d(x, self.weight, [3, 3], self.bias, [1, 2], [1, 1]), torch.slow_conv_dilated2d(x, self.weight, [3, 3], None, [1, 1], [0, 0], [2, 2])
