# input x: int32[2, 3] from -9 to 9
def forward(self, x):
  return torch.sum(x), torch.cumsum(x, 1)
