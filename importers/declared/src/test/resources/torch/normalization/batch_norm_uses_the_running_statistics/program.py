# input x: float32[2, 3, 4, 4]
# parameter weight: float32[3]
# parameter bias: float32[3]
# buffer mean: float32[3]
# buffer variance: float32[3] from 0.2 to 2
def forward(self, x):
  return torch.batch_norm(x, self.weight, self.bias, self.mean, self.variance, False, 0.1, 0.001, True)
