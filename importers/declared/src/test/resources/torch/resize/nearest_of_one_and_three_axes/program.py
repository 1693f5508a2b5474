# input x: float32[1, 2, 5]
# input y: float32[1, 2, 3, 4, 2]
def forward(self, x, y):
  return torch.upsample_nearest1d(x, [8]), torch.upsample_nearest3d(y, [6, 8, 4]), torch._upsample_nearest_exact1d(x, [7]), torch._upsample_nearest_exact3d(y, [5, 3, 3])
