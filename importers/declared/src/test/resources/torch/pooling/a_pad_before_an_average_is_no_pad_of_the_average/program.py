# input x: float32[2, 3, 6, 7]
def forward(self, x):
  return torch.avg_pool2d(torch.constant_pad_nd(x, [2, 2, 2, 2]), [2, 2])
