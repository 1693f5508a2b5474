# input x: float32[2, 3, 6, 7]
# parameter weight: float32[3]
# parameter bias: float32[3]
# buffer mean: float32[3]
# buffer var: float32[3] from 0.5 to 2
def forward(self, x):
  return torch._native_batch_norm_legit_no_training(x, self.weight, self.bias, self.mean, self.var, 0.1, 0.00001)[0]
