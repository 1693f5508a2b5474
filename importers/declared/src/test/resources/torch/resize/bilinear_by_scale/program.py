# input x: float32[1, 2, 3, 4]
def forward(self, x):
  return torch.upsample_bilinear2d(x, None, False, [1.7, 2.0])
