# input x: float32[1, 3, 6, 5]
def forward(self, x):
  return torch.max_pool2d(x, [2, 3], [])
