# input x: float32[2, 3]
def forward(self, x):
  return torch.mean(x), torch.sum(x)
