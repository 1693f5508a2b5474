# input x: int64[2, 2] from 0 to 3
def forward(self, x):
  return torch.one_hot(x, 5)
