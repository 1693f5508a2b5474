# input x: float32[1, 2, 5]
# input y: float32[1, 2, 3, 4, 2]
def forward(self, x, y):
  return torch.upsample_linear1d(x, [8], False), torch.upsample_trilinear3d(y, [5, 6, 4], True)
