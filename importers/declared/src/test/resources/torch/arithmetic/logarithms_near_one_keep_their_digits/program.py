# input x: float32[5] values 1e-8 -1e-8 1e-4 0.7 20
def forward(self, x):
  return torch.log1p(x), torch.expm1(x)
