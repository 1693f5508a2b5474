# input x: float32[3, 4] from -3 to 3
def forward(self, x):
  return torch.hardtanh(x, -0.5, 2.)
