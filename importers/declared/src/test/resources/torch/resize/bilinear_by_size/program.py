# input x: float32[1, 2, 3, 4]
def forward(self, x):
  return torch.upsample_bilinear2d(x, [5, 7], False), torch.upsample_bilinear2d(x, [5, 7], True)
