# input x: float32[4, 3]
# buffer mean: float32[3]
# buffer variance: float32[3] from 0.2 to 2
def forward(self, x):
  return torch.batch_norm(x, None, None, self.mean, self.variance, False, 0.1, 1e-05, True)
