# input x: int64[5] values -2 -1 0 1 3
def forward(self, x):
  return torch.pow(x, 3), torch.pow(2, x.abs())
