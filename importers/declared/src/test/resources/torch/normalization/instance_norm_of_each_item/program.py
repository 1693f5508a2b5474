# input x: float32[2, 3, 6, 7]
# parameter weight: float32[3]
# parameter bias: float32[3]
def forward(self, x):
  return torch.instance_norm(x, self.weight, self.bias, None, None, True, 0.1, 0.001, False)
