# input x: float32[2, 5, 6]
def forward(self, x):
  return torch.constant_pad_nd(x, [-1, 2, 1, -2], 0.5)
