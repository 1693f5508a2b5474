# input x: float32[1, 1, 4, 5]
def forward(self, x):
  return torch.upsample_bicubic2d(x, [7, 6], False)
