# input x: float32[2, 3]
# input y: int64[3] values 1 2 3
def forward(self, x, y):
  return torch.where(x > 0, x, y), torch.where(x > 0, 1., 0.), torch.where(x > 0), torch.nonzero(x > 0), torch.argwhere(x)
