# input x: float32[1, 2, 5, 5]
# parameter weight: float32[3, 2, 3, 3]
# parameter bias: float32[3]
# parameter turned: float32[2, 2, 2, 2]
def forward(self, x):
  return torch.convolution(x, self.weight, self.bias, [2, 1], [1, 1], [1, 1], False, [0, 0], 1), torch.convolution(x, self.turned, None, [2, 2], [0, 0], [1, 1], True, [1, 1], 2)
