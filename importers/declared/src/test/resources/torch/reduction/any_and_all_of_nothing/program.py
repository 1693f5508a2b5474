# input x: float32[2, 0]
def forward(self, x):
  return torch.any(x, 1), torch.all(x, 1), torch.sum(x, 1), torch.all(x)
