# input x: float32[2, 6, 5]
# parameter weight: float32[6]
# parameter bias: float32[6]
def forward(self, x):
  return torch.group_norm(x, 3, self.weight, self.bias, 1e-05, True)
