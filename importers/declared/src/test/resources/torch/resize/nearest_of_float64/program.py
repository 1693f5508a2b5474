# input x: float64[1, 2, 3, 5]
def forward(self, x):
  return torch.upsample_nearest2d(x, [7, 8])
