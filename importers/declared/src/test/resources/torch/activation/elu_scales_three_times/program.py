# input x: float32[3, 4]
def forward(self, x):
  return torch.elu(x, 0.5, 1.25, 0.8)
