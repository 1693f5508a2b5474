# input x: float32[1, 1, 1, 30]
def forward(self, x):
  return torch.upsample_nearest2d(x, [1, 41]), torch.upsample_nearest2d(x, [1, 13]), torch._upsample_nearest_exact2d(x, [1, 37])
