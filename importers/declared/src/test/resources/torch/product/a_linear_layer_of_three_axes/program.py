# input x: float32[2, 3, 4]
# parameter weight: float32[5, 4]
# parameter bias: float32[5]
def forward(self, x):
  return torch.linear(x, self.weight, self.bias), torch.linear(x[0], self.weight), torch.linear(x[0, 0], self.weight, self.bias)
