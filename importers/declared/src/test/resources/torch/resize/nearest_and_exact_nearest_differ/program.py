# input x: float32[1, 1, 4, 5]
def forward(self, x):
  return torch.upsample_nearest2d(x, [6, 3]), torch._upsample_nearest_exact2d(x, [6, 3])
