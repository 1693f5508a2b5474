# input x: float32[1, 12, 12]
def forward(self, x):
  return torch.col2im(x, [4, 5], [2, 2], [1, 1], [0, 0], [1, 1])
