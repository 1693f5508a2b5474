# input x: float32[1, 2, 5, 5]
# parameter weight: float32[3, 2, 3, 3]
# buffer bias: float32[3]
# frozen
def forward(self, x):
  return torch.conv2d(x, self.weight, self.bias)
