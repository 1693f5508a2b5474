# input x: float32[1, 2, 9, 8]
def forward(self, x):
  return torch._upsample_bilinear2d_aa(x, [4, 5], False), torch._upsample_bicubic2d_aa(x, [4, 5], False)
