# input x: float32[2, 4, 3, 3]
# parameter weight: float32[4]
# parameter bias: float32[4]
def forward(self, x):
  return torch.native_group_norm(x, self.weight, self.bias, 2, 4, 9, 2, 0.00001)
