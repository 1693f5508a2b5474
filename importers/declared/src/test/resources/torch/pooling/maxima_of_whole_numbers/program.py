# input x: int64[1, 2, 5, 5] from -9 to 9
def forward(self, x):
  return torch.max_pool2d(x, [2, 2])
