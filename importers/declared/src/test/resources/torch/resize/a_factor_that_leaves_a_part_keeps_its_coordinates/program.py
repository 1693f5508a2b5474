# input x: float32[1, 2, 5, 7]
def forward(self, x):
  return torch.upsample_bilinear2d(x, None, False, [1.5, 0.5]), torch.upsample_bicubic2d(x, None, False, [1.5, 2.3]), torch.upsample_nearest2d(x, None, [1.5, 2.3])
