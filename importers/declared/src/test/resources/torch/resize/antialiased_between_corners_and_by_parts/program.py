# input x: float32[1, 2, 9, 7]
def forward(self, x):
  return torch._upsample_bilinear2d_aa(x, [4, 5], True), torch._upsample_bicubic2d_aa(x, None, False, [0.7, 1.5])
